package org.intarsia.runner;

import java.io.PrintWriter;
import org.intarsia.runner.command.Intarsia;

/// Starts the program.
public final class Main {

    private Main() {}

    /// Runs the command line and exits with its code.
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
        PrintWriter error = new PrintWriter(System.err, true, System.err.charset());
        System.exit(Intarsia.run(out, error, arguments));
    }
}
