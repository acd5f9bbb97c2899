package com.example.plain;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.BackendFactory;
import org.intarsia.api.backend.DeviceInfo;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;

/// The backend `plain`: single precision, one loop after another. `META-INF/services` names this class.
public final class PlainBackend implements BackendFactory<PlainBackend.Config> {

    /// There is nothing to set.
    public record Config() {}

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public String description() {
        return "Single precision in plain loops: an example of a backend.";
    }

    @Override
    public Config defaults() {
        return new Config();
    }

    @Override
    public Backend create(Config config) {
        return new Backend() {
            @Override
            public DeviceInfo device() {
                return new DeviceInfo("plain loops", DeviceInfo.Precision.SINGLE, 1);
            }

            @Override
            public Session open() {
                return new Variables(new HashMap<>());
            }
        };
    }

    /// A session is its variables, which all its graphs share.
    private record Variables(Map<String, Block> variables) implements Session {

        @Override
        public Executable compile(Graph graph) {
            graph.variables().forEach((name, variable) -> {
                Block known = variables.get(name);
                if (known != null && !known.axes().equals(variable.axes())) {
                    throw new IllegalArgumentException("the variable '" + name + "' has the axes "
                            + Axis.describe(known.axes()) + " in this session, not " + Axis.describe(variable.axes()));
                }
            });
            graph.variables().forEach((name, variable) -> variables.computeIfAbsent(name, _ -> {
                Block block = Block.of(variable.axes());
                block.write(name, ((Op.Variable) variable.op()).initialValues());
                return block;
            }));
            return new Program(graph, variables);
        }

        @Override
        public void write(String variable, double[] values) {
            known(variable, variables).write(variable, values);
        }

        @Override
        public void read(String variable, double[] values) {
            known(variable, variables).read(variable, values);
        }

        @Override
        public void close() {
            variables.clear();
        }
    }

    static Block known(String name, Map<String, Block> all) {
        Block block = all.get(name);
        if (block == null) {
            throw new IllegalArgumentException("there is no '" + name + "'; known: " + new TreeSet<>(all.keySet()));
        }
        return block;
    }
}
