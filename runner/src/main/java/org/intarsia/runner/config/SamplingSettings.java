package org.intarsia.runner.config;

import static org.intarsia.api.component.InvalidSettingException.check;

import org.intarsia.api.component.Setting;

/// What the trained model shows of itself.
public record SamplingSettings(
        @Setting("continuations shown after each evaluation") int count,
        @Setting("softmax temperature; 0 takes the most probable token") double temperature) {

    /// A few greedy continuations.
    public static final SamplingSettings DEFAULTS = new SamplingSettings(5, 0);

    /// Checks the ranges.
    public SamplingSettings {
        check(count >= 0, "count", "must be at least 0, not " + count);
        check(temperature >= 0, "temperature", "must be at least 0, not " + temperature);
    }
}
