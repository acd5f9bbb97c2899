package org.intarsia.runner.training;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Settings with which a component is tried, as a line of a list: a part of the configuration, the component, and its
/// settings, such as `position irpe method=product`. Sizes of the model that it needs may stand beside them.
///
/// @param part of the configuration
/// @param text what is chosen there
record TriedSettings(String part, String text) {

    private static final String MODEL = "model";

    /// The text task's 15 symbols and the token around strings are 16 tokens: of 4 bits, below 100.
    private static final String LIST = """
            embedding learned
            embedding learned start=frequency
            embedding learned start=number-theoretic
            embedding one-hot
            embedding one-hot projection=false model.width=16
            embedding binary
            embedding binary bits=6 values=plus-minus-one
            embedding binary projection=false model.width=4
            embedding tuple
            embedding tuple projection=false model.width=2
            embedding residues
            embedding residues moduli=4,6 values=one-hot divisibility=false
            embedding residues moduli=5,7 divisibility=false projection=false model.width=4
            embedding fone
            embedding fone digits=3
            embedding fone projection=false model.width=4
            embedding packed-coordinates
            embedding packed-coordinates projection=true
            position none
            position absolute
            position absolute kind=sinusoidal
            position rope
            position rope pairing=half base=50
            position rope fraction=0.5 model.width=16
            position rope fraction=0.5 pairing=half model.width=16
            position rope xpos=true
            position rope xpos=true pairing=half
            position rope axial=true model.width=16
            position rope axial=true pairing=half model.width=16
            position rope scaling={"kind":"linear","factor":2}
            position rope scaling={"kind":"ntk","factor":2}
            position rope scaling={"kind":"dynamic-ntk","factor":2,"trainedLength":4}
            position rope scaling={"kind":"yarn","factor":4,"trainedLength":4}
            position alibi
            position t5
            position t5 buckets=4 maxDistance=6
            position shaw
            position shaw clip=2 values=false
            position fire
            position fire hidden=3 threshold=2.5 transform=identity
            position abacus
            position abacus offset=0
            position irpe
            position irpe mode=bias sharedHead=false
            position irpe mode=bias onQueries=true index=clip ratio=1.5
            position irpe onQueries=true onKeys=false
            position irpe onKeys=false onValues=true sharedHead=false
            position irpe onQueries=true onValues=true index=t5
            position irpe method=euclidean mode=bias onQueries=true
            position irpe method=euclidean onQueries=true onValues=true
            position irpe method=quantization sharedHead=false
            position irpe method=cross mode=bias
            position irpe method=cross onQueries=true onValues=true sharedHead=false
            position irpe method=product mode=bias onQueries=true sharedHead=false
            position irpe method=product
            position irpe method=product onQueries=true onValues=true index=clip ratio=1
            position ["absolute","irpe"]
            position ["abacus",{"name":"rope","axial":true},"t5"]
            loss cross-entropy
            loss cross-entropy smoothing=0.1
            loss distance-weighted
            loss distance-weighted distance=quadratic
            loss distance-weighted distance=square-root of=expected
            loss expected-distance
            loss expected-distance distance=quadratic
            loss expected-distance distance=square-root
            loss earth-mover
            loss focal
            loss focal gamma=0.5
            loss regression
            loss regression penalty=huber
            training weights.padding=ignored
            training weights.padding=included
            training weights.prefixes=full-length
            training weights.weighting=linear
            model randomPositions=0
            model randomPositions=30
            """;

    /// All that is tried.
    static List<TriedSettings> all() {
        return LIST.lines().map(line -> line.split(" ", 2)).map(line -> new TriedSettings(line[0], line[1])).toList();
    }

    /// Returns what is set on the command line to have them.
    Stream<String> assignments() {
        return Arrays.stream(text.split(" ")).map(word -> {
            if (word.startsWith(MODEL + ".")) {
                return word;
            }
            return part + (word.startsWith("[") || !word.contains("=") ? "=" : ".") + word;
        });
    }

    @Override
    public String toString() {
        return part + " " + text;
    }
}
