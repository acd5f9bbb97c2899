package org.intarsia.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.reference.ReferenceBackend;

/// Faults in who sees which value when, and in errors.
final class SessionTwins {

    private SessionTwins() {}

    static SequencedMap<String, Twin> all() {
        SequencedMap<String, Twin> twins = new LinkedHashMap<>();
        twins.put("outputs come in the tensor's own order", new Twin() {
            @Override
            List<Axis> order(Graph.Output output) {
                return output.tensor().axes();
            }
        });
        twins.put("the last number of an output is one too much", executable(Disturbed::new));
        twins.put("the last number of an output with an extra axis is one too much", new Disturbing());
        twins.put("an output keeps its first value", executable(Stale::new));
        twins.put("an output is a billionth more in every run", executable(Drifting::new));
        twins.put("an output is computed when it is read", executable(Lazy::new));
        twins.put("an input is kept and not copied", executable(Borrowing::new));
        twins.put("an input is forgotten after the run", executable(Forgetting::new));
        twins.put("an index outside is ignored", executable(Careless::new));
        twins.put("an index outside is reported without a place", executable(Laconic::new));
        twins.put("unknown names and other counts are ignored", new Tolerant());
        twins.put("a variable with other axes is accepted", new Twin() {
            @Override
            Executable compile(Session session, Graph graph) {
                try {
                    return session.compile(graph);
                } catch (IllegalArgumentException fault) {
                    return session.compile(new Graph());
                }
            }
        });
        twins.put("assignments come before everything else", new Early());
        twins.put("assignments are carried out one after another", new Sequential());
        twins.put("a variable is assigned in the value's own order of axes", new Twin() {
            @Override
            Tensor assigned(Tensor variable, Tensor value) {
                return raw(value, variable.axes());
            }
        });
        twins.put("assignments are carried out before an index is found outside", new Hasty());
        twins.put("a second graph starts its variables anew", new Restarting());
        twins.put("all sessions share their variables", new Sharing());
        twins.put("the executables of a session share their inputs", new Mixing());
        twins.put("every variable starts at zero", new Zeroing());
        twins.put("the last number of a variable is one too much", new Twin() {
            @Override
            void read(Session session, String variable, double[] values) {
                session.read(variable, values);
                disturb(values);
            }
        });
        twins.put("a written variable is lost", new Twin() {
            @Override
            void write(Session session, String variable, double[] values) {
                session.read(variable, new double[values.length]);
            }
        });
        return twins;
    }

    /// Faults in the last bits, as of sums whose order changes.
    static SequencedMap<String, Twin> orders() {
        SequencedMap<String, Twin> twins = new LinkedHashMap<>();
        twins.put("another order in every run", executable(Drifting::new));
        twins.put("another order in every session", new Twin() {

            private int sessions;

            @Override
            Executable wrap(Session session, Graph graph, Executable executable) {
                int number = sessions++;
                return new Passing(executable) {
                    @Override
                    public void read(String output, double[] values) {
                        super.read(output, values);
                        values[0] += 1e-9 * number;
                    }
                };
            }
        });
        return twins;
    }

    private static Twin executable(UnaryOperator<Executable> wrapper) {
        return new Twin() {
            @Override
            Executable wrap(Session session, Graph graph, Executable executable) {
                return wrapper.apply(executable);
            }
        };
    }

    /// Passes everything on.
    private static class Passing implements Executable {

        final Executable executable;

        Passing(Executable executable) {
            this.executable = executable;
        }

        @Override
        public void write(String input, double[] values) {
            executable.write(input, values);
        }

        @Override
        public void run() {
            executable.run();
        }

        @Override
        public void read(String output, double[] values) {
            executable.read(output, values);
        }
    }

    private static final class Disturbed extends Passing {

        Disturbed(Executable executable) {
            super(executable);
        }

        @Override
        public void read(String output, double[] values) {
            super.read(output, values);
            disturb(values);
        }
    }

    private static void disturb(double[] values) {
        double last = values[values.length - 1];
        values[values.length - 1] = Double.isFinite(last) ? last + 1 : 0;
    }

    /// Disturbs only what has one of the axes that checks add.
    private static final class Disturbing extends Twin {

        @Override
        Executable wrap(Session session, Graph graph, Executable executable) {
            return new Passing(executable) {
                @Override
                public void read(String output, double[] values) {
                    super.read(output, values);
                    boolean extra = graph.outputs().entrySet().stream().filter(e -> e.getKey().equals(output))
                            .anyMatch(e -> e.getValue().tensor().has("batch") || e.getValue().tensor().has("replica"));
                    if (extra) {
                        disturb(values);
                    }
                }
            };
        }
    }

    private static final class Stale extends Passing {

        private final Map<String, double[]> first = new HashMap<>();

        Stale(Executable executable) {
            super(executable);
        }

        @Override
        public void read(String output, double[] values) {
            super.read(output, values);
            double[] kept = first.computeIfAbsent(output, _ -> values.clone());
            System.arraycopy(kept, 0, values, 0, values.length);
        }
    }

    private static final class Drifting extends Passing {

        private int runs;

        Drifting(Executable executable) {
            super(executable);
        }

        @Override
        public void run() {
            super.run();
            runs++;
        }

        @Override
        public void read(String output, double[] values) {
            super.read(output, values);
            values[0] += 1e-9 * runs;
        }
    }

    private static final class Lazy extends Passing {

        Lazy(Executable executable) {
            super(executable);
        }

        @Override
        public void read(String output, double[] values) {
            executable.run();
            super.read(output, values);
        }
    }

    private static final class Borrowing extends Passing {

        private final Map<String, double[]> borrowed = new HashMap<>();

        Borrowing(Executable executable) {
            super(executable);
        }

        @Override
        public void write(String input, double[] values) {
            super.write(input, values);
            borrowed.put(input, values);
        }

        @Override
        public void run() {
            borrowed.forEach(executable::write);
            super.run();
        }
    }

    private static final class Forgetting extends Passing {

        private final Map<String, double[]> written = new HashMap<>();

        Forgetting(Executable executable) {
            super(executable);
        }

        @Override
        public void write(String input, double[] values) {
            super.write(input, values);
            written.put(input, values);
        }

        @Override
        public void run() {
            super.run();
            written.forEach((input, values) -> executable.write(input, new double[values.length]));
        }
    }

    private static final class Careless extends Passing {

        Careless(Executable executable) {
            super(executable);
        }

        @Override
        public void run() {
            try {
                super.run();
            } catch (IndexOutOfBoundsException fault) {
                return;
            }
        }
    }

    private static final class Laconic extends Passing {

        Laconic(Executable executable) {
            super(executable);
        }

        @Override
        public void run() {
            try {
                super.run();
            } catch (IndexOutOfBoundsException exception) {
                throw new IndexOutOfBoundsException("a wrong index");
            }
        }
    }

    private static final class Tolerant extends Twin {

        @Override
        Executable wrap(Session session, Graph graph, Executable executable) {
            return new Passing(executable) {
                @Override
                public void write(String input, double[] values) {
                    tolerate(() -> super.write(input, values));
                }

                @Override
                public void read(String output, double[] values) {
                    tolerate(() -> super.read(output, values));
                }
            };
        }

        private static void tolerate(Runnable action) {
            try {
                action.run();
            } catch (IllegalArgumentException fault) {
                return;
            }
        }
    }

    /// Runs every assignment as a graph of its own before the outputs.
    private static final class Early extends Twin {

        @Override
        Executable wrap(Session session, Graph graph, Executable executable) {
            return new Passing(executable) {
                @Override
                public void run() {
                    List<String> names = new ArrayList<>(graph.variables().keySet());
                    super.run();
                    List<double[]> after = names.stream().map(name -> value(session, graph, name)).toList();
                    super.run();
                    for (int i = 0; i < names.size(); i++) {
                        session.write(names.get(i), after.get(i));
                    }
                }
            };
        }
    }

    /// Compiles every assignment as a graph of its own, whose inputs and variables are the whole graph's.
    private static final class Sequential extends Twin {

        @Override
        Executable wrap(Session session, Graph graph, Executable executable) {
            List<Executable> steps = graph.assignments().stream().map(a -> session.compile(alone(graph, a))).toList();
            return new Passing(executable) {
                @Override
                public void write(String input, double[] values) {
                    super.write(input, values);
                    steps.forEach(step -> step.write(input, values));
                }

                @Override
                public void run() {
                    List<String> names = List.copyOf(graph.variables().keySet());
                    List<double[]> before = names.stream().map(name -> value(session, graph, name)).toList();
                    super.run();
                    for (int i = 0; i < names.size(); i++) {
                        session.write(names.get(i), before.get(i));
                    }
                    steps.forEach(Executable::run);
                }
            };
        }

        private static Graph alone(Graph graph, Tensor assignment) {
            return new Twin() {
                @Override
                boolean keeps(Tensor node) {
                    return node == assignment;
                }
            }.copied(graph);
        }
    }

    /// Adds one to every variable that is assigned, even when the run then fails.
    private static final class Hasty extends Twin {

        @Override
        Executable wrap(Session session, Graph graph, Executable executable) {
            return new Passing(executable) {
                @Override
                public void run() {
                    try {
                        super.run();
                    } catch (IndexOutOfBoundsException exception) {
                        graph.variables().forEach((name, _) -> {
                            double[] numbers = value(session, graph, name);
                            numbers[0]++;
                            session.write(name, numbers);
                        });
                        throw exception;
                    }
                }
            };
        }
    }

    private static double[] value(Session session, Graph graph, String name) {
        double[] numbers = new double[graph.variables().entrySet().stream().filter(e -> e.getKey().equals(name))
                .mapToInt(e -> e.getValue().count()).sum()];
        session.read(name, numbers);
        return numbers;
    }

    private static final class Restarting extends Twin {

        @Override
        Executable wrap(Session session, Graph graph, Executable executable) {
            graph.variables().forEach((name, tensor) -> {
                if (tensor.op() instanceof Op.Variable variable) {
                    session.write(name, variable.initialValues());
                }
            });
            return executable;
        }
    }

    private static final class Zeroing extends Twin {

        @Override
        Executable wrap(Session session, Graph graph, Executable executable) {
            graph.variables().forEach((name, variable) -> session.write(name, new double[variable.count()]));
            return executable;
        }
    }

    private static final class Sharing extends Twin {

        private final Session shared = new ReferenceBackend().open();

        @Override
        Session openSound() {
            return shared;
        }
    }

    private static final class Mixing extends Twin {

        private final Map<Session, Map<Executable, Graph>> all = new HashMap<>();

        @Override
        Executable wrap(Session session, Graph graph, Executable executable) {
            Map<Executable, Graph> ours = all.computeIfAbsent(session, _ -> new LinkedHashMap<>());
            ours.put(executable, graph);
            return new Passing(executable) {
                @Override
                public void write(String input, double[] values) {
                    super.write(input, values);
                    ours.forEach((other, its) -> {
                        if (its.inputs().containsKey(input)) {
                            other.write(input, values);
                        }
                    });
                }
            };
        }
    }

    /// Assigns the numbers in the value's own order of axes.
    private static Tensor raw(Tensor value, List<Axis> order) {
        if (order.size() < 2) {
            return value;
        }
        Tensor flat = value;
        String name = value.axes().getFirst().name();
        for (Axis axis : value.axes().subList(1, value.axes().size())) {
            flat = flat.merge(name, axis.name(), name);
        }
        Tensor result = flat.rename(name, "flat");
        for (Axis axis : order.subList(0, order.size() - 1)) {
            int rest = result.axis("flat").size() / axis.size();
            result = result.split("flat", axis, new Axis("rest", rest)).rename("rest", "flat");
        }
        return result.rename("flat", order.getLast().name());
    }
}
