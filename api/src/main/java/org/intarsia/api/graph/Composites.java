package org.intarsia.api.graph;

import java.util.List;
import java.util.Optional;

/// The composites of the language: functions that nearly every model has and many devices know.
public final class Composites {

    private static final double GELU_SCALE = Math.sqrt(2 / Math.PI);
    private static final double GELU_CUBIC = 0.044715;

    private Composites() {}

    /// eˣ / Σ eˣ, computed from x − max x. Operand: x.
    public record Softmax(String axis) implements Composite {

        @Override
        public String name() {
            return "softmax";
        }

        @Override
        public Tensor decompose(List<Tensor> operands) {
            Tensor x = operands.getFirst();
            Axis along = x.axis(axis);
            Tensor e = x.sub(x.max(along)).exp();
            return e.div(e.sum(along));
        }

        @Override
        public Optional<List<Optional<Tensor>>> gradients(List<Tensor> operands, Tensor result, Tensor upstream) {
            return one(result.call(new SoftmaxGradient(axis), upstream));
        }
    }

    /// y(g − Σ y·g). Operands: the softmax y and the gradient g of it.
    public record SoftmaxGradient(String axis) implements Composite {

        @Override
        public String name() {
            return "softmax gradient";
        }

        @Override
        public Tensor decompose(List<Tensor> operands) {
            Tensor y = operands.get(0);
            Tensor g = operands.get(1);
            return y.mul(g.sub(y.mul(g).sum(y.axis(axis))));
        }
    }

    /// (x − mean) / √(variance + ε), with the biased variance. Operand: x.
    public record LayerNorm(String axis, double epsilon) implements Composite {

        @Override
        public String name() {
            return "layer norm";
        }

        @Override
        public Tensor decompose(List<Tensor> operands) {
            Tensor x = operands.getFirst();
            return centred(x, axis).mul(inverseDeviation(x, axis, epsilon));
        }

        @Override
        public Optional<List<Optional<Tensor>>> gradients(List<Tensor> operands, Tensor result, Tensor upstream) {
            return one(operands.getFirst().call(new LayerNormGradient(axis, epsilon), upstream));
        }

        private static Tensor centred(Tensor x, String axis) {
            return x.sub(x.mean(x.axis(axis)));
        }

        private static Tensor inverseDeviation(Tensor x, String axis, double epsilon) {
            return centred(x, axis).square().mean(x.axis(axis)).add(epsilon).sqrt().reciprocal();
        }
    }

    /// (g − mean g − y·mean(g·y)) / √(variance + ε). Operands: x and the gradient g of its layer norm y.
    public record LayerNormGradient(String axis, double epsilon) implements Composite {

        @Override
        public String name() {
            return "layer norm gradient";
        }

        @Override
        public Tensor decompose(List<Tensor> operands) {
            Tensor x = operands.get(0);
            Tensor g = operands.get(1);
            Axis along = x.axis(axis);
            Tensor scale = LayerNorm.inverseDeviation(x, axis, epsilon);
            Tensor y = LayerNorm.centred(x, axis).mul(scale);
            return g.sub(g.mean(along)).sub(y.mul(g.mul(y).mean(along))).mul(scale);
        }
    }

    /// ½x(1 + tanh(√(2/π)(x + 0.044715x³))). Operand: x.
    public record Gelu() implements Composite {

        @Override
        public String name() {
            return "gelu";
        }

        @Override
        public Tensor decompose(List<Tensor> operands) {
            Tensor x = operands.getFirst();
            return x.mul(tanh(x).add(1)).mul(0.5);
        }

        @Override
        public Optional<List<Optional<Tensor>>> gradients(List<Tensor> operands, Tensor result, Tensor upstream) {
            return one(operands.getFirst().call(new GeluGradient(), upstream));
        }

        private static Tensor tanh(Tensor x) {
            return x.mul(x.square().mul(GELU_CUBIC).add(1)).mul(GELU_SCALE).tanh();
        }
    }

    /// g·(½(1 + t) + ½x(1 − t²)·√(2/π)(1 + 3·0.044715x²)), with t the tanh in GELU. Operands: x and the gradient g.
    public record GeluGradient() implements Composite {

        @Override
        public String name() {
            return "gelu gradient";
        }

        @Override
        public Tensor decompose(List<Tensor> operands) {
            Tensor x = operands.get(0);
            Tensor t = Gelu.tanh(x);
            Tensor inner = x.square().mul(3 * GELU_CUBIC).add(1).mul(GELU_SCALE);
            Tensor slope = t.add(1).add(x.mul(t.square().neg().add(1)).mul(inner)).mul(0.5);
            return operands.get(1).mul(slope);
        }
    }

    /// ln Σ eˣ − xₜ with t the target. Operands: logits x and integer targets.
    public record CrossEntropy(String axis) implements Composite {

        @Override
        public String name() {
            return "cross entropy";
        }

        @Override
        public Tensor decompose(List<Tensor> operands) {
            Tensor x = operands.get(0);
            Axis along = x.axis(axis);
            Tensor shifted = x.sub(x.max(along));
            return shifted.exp().sum(along).log().sub(shifted.gather(along, operands.get(1)));
        }

        @Override
        public Optional<List<Optional<Tensor>>> gradients(List<Tensor> operands, Tensor result, Tensor upstream) {
            Tensor logits = operands.get(0).call(new CrossEntropyGradient(axis), operands.get(1), upstream);
            return Optional.of(List.of(Optional.of(logits), Optional.empty()));
        }
    }

    /// g·(softmax(x) − oneₜ), where oneₜ is 1 at the target t. Operands: logits x, integer targets and the gradient g of the cross-entropy.
    public record CrossEntropyGradient(String axis) implements Composite {

        @Override
        public String name() {
            return "cross entropy gradient";
        }

        @Override
        public Tensor decompose(List<Tensor> operands) {
            Tensor x = operands.get(0);
            Axis along = x.axis(axis);
            Tensor target =
                    x.graph().index(along).like(x).like(operands.get(1)).equal(operands.get(1)).convert(DataType.FLOAT);
            return x.softmax(along).sub(target).mul(operands.get(2));
        }
    }

    private static Optional<List<Optional<Tensor>>> one(Tensor gradient) {
        return Optional.of(List.of(Optional.of(gradient)));
    }
}
