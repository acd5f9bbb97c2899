package com.example.plain;

import java.util.HashMap;
import java.util.Map;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.BackendFactory;
import org.intarsia.api.backend.DeviceInfo;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.common.Named;

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
                return new Variables(new HashMap<>(), new HashMap<>());
            }
        };
    }

    /// A session is its variables, which all its graphs share.
    private record Variables(Map<String, Tensor> nodes, Map<String, Block> blocks) implements Session {

        @Override
        public Executable compile(Graph graph) {
            graph.variables().forEach((name, node) -> Named.checkAxes(name,
                    nodes.getOrDefault(name, node).axes(), node.axes()));
            graph.variables().forEach((name, node) -> {
                if (nodes.putIfAbsent(name, node) == null && node.op() instanceof Op.Variable variable) {
                    blocks.put(name, Block.of(node.axes()));
                    write(name, variable.initialValues());
                }
            });
            return new Program(graph, blocks);
        }

        @Override
        public void write(String variable, double[] values) {
            Named.find(blocks, "variable", variable).write(variable, values);
        }

        @Override
        public void read(String variable, double[] values) {
            Named.find(blocks, "variable", variable).read(variable, values);
        }

        @Override
        public void close() {
            nodes.clear();
            blocks.clear();
        }
    }
}
