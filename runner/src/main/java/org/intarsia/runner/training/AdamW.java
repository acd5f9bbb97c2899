package org.intarsia.runner.training;

import java.util.Map;
import java.util.Objects;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Tensor;
import org.intarsia.runner.config.OptimizerSettings;

/// AdamW (Loshchilov and Hutter, arXiv 1711.05101, algorithm 2) as PyTorch computes it, with the decay scaled by the
/// learning rate, and the clipping of gradients by their global norm (Pascanu et al., arXiv 1211.5063, algorithm 1):
///
/// ```
/// g ← g · min(1, clipNorm / (‖g‖ + 1e-6))
/// m ← β₁m + (1 − β₁)g        v ← β₂v + (1 − β₂)g²
/// p ← p(1 − ηλ) − η/(1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
/// ```
///
/// @param settings η, λ, β₁, β₂, ε and the norm
/// @param graph whose parameters are updated
/// @param taken the number of steps taken, t − 1 during a step: {}
record AdamW(OptimizerSettings settings, Graph graph, Tensor taken) {

    /// The variable with the number of steps taken.
    static final String STEP = "optimizer.step";
    /// What the name of a first moment begins with; the parameter's follows.
    static final String FIRST = "optimizer.m.";
    private static final String SECOND = "optimizer.v.";
    private static final double CLIP_EPSILON = 1e-6;

    // Every variable starts from a fill, which draws nothing.
    private static final Seed UNUSED = Seed.of(0);

    /// Declares the number of steps.
    AdamW(OptimizerSettings settings, Graph graph) {
        this(settings, graph, graph.variable(STEP, Initializer.zeros(), UNUSED));
    }

    /// Adds the update of all parameters to the graph.
    ///
    /// @param gradients of each parameter
    /// @return the global norm of the gradients before clipping: {}
    Tensor update(Map<Tensor, Tensor> gradients) {
        Tensor norm = norm(gradients);
        Tensor step = taken.add(1);
        graph.assign(taken, step);
        Tensor rate = correction(settings.beta1(), step).reciprocal().mul(settings.learningRate());
        Tensor root = correction(settings.beta2(), step).sqrt().reciprocal();
        graph.parameters().forEach((name, parameter) -> {
            Tensor gradient = clip(Objects.requireNonNull(gradients.get(parameter), name), norm);
            Tensor first = moment(FIRST + name, settings.beta1(), gradient, parameter);
            Tensor second = moment(SECOND + name, settings.beta2(), gradient.square(), parameter);
            Tensor change = first.div(second.sqrt().mul(root).add(settings.epsilon())).mul(rate);
            Tensor decayed = parameter.mul(1 - settings.learningRate() * settings.weightDecay());
            graph.assign(parameter, decayed.sub(change));
        });
        return norm;
    }

    private Tensor clip(Tensor gradient, Tensor norm) {
        if (settings.clipNorm() == 0) {
            return gradient;
        }
        Tensor one = norm.graph().constant(1);
        return gradient.mul(norm.add(CLIP_EPSILON).reciprocal().mul(settings.clipNorm()).minimum(one));
    }

    private Tensor norm(Map<Tensor, Tensor> gradients) {
        Tensor squares = graph.constant(0);
        for (Tensor gradient : gradients.values()) {
            squares = squares.add(gradient.square().sum(gradient.axes()));
        }
        return squares.sqrt();
    }

    private Tensor moment(String name, double beta, Tensor value, Tensor parameter) {
        Tensor moment = graph.variable(name, Initializer.zeros(), UNUSED, parameter.axes().toArray(Axis[]::new));
        Tensor next = moment.mul(beta).add(value.mul(1 - beta));
        graph.assign(moment, next);
        return next;
    }

    /// 1 − βᵗ, written as 2u/(1 + u) with u = tanh(−½t ln β): where β is near 1, the plain form would lose most digits
    /// of the first steps in single precision.
    private static Tensor correction(double beta, Tensor step) {
        Tensor u = step.mul(-0.5 * Math.log(beta)).tanh();
        return u.mul(2).div(u.add(1));
    }
}
