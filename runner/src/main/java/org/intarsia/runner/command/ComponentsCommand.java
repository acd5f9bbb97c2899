package org.intarsia.runner.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.intarsia.runner.error.Nearest;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.registry.Kind;
import org.intarsia.runner.registry.Registry;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Lists what can be selected, with all settings.
@Command(
        name = "components",
        description = "Lists every component with its settings, built in or from a plugin.",
        mixinStandardHelpOptions = true)
final class ComponentsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "KIND", description = "task, embedding, position, loss or backend")
    private @Nullable String kind;

    @Override
    public Integer call() {
        List<Kind<?>> kinds = kind == null ? Kind.ALL : List.of(named(kind));
        PrintWriter out = spec.commandLine().getOut();
        out.print(new Listing(Registry.load()).of(kinds));
        out.flush();
        return 0;
    }

    private static Kind<?> named(String key) {
        List<String> known = Kind.ALL.stream().map(Kind::key).toList();
        return Kind.ALL.stream().filter(kind -> kind.key().equals(key)).findFirst()
                .orElseThrow(() -> new UserError("there is no kind of component \"" + key + "\""
                        + Nearest.hint(key, known) + "\n  known: "
                        + String.join(", ", known.stream().sorted().toList())));
    }
}
