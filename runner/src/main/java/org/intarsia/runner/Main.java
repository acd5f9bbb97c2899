package org.intarsia.runner;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import org.intarsia.runner.command.Intarsia;

/// Starts the program.
public final class Main {

    private Main() {}

    /// Runs the command line and exits with its code.
    public static void main(String[] arguments) {
        String descriptor = System.getProperty("intarsia.stderr");
        if (descriptor != null) {
            moveStandardError(Integer.parseInt(descriptor));
        }
        PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
        PrintWriter error = new PrintWriter(System.err, true, System.err.charset());
        System.exit(Intarsia.run(out, error, arguments));
    }

    /// The launcher filters what the JVM itself says on standard error, and keeps the real one under another number. The
    /// JDK has no public way to write to an open descriptor by its number; opening /dev/fd again would start at the
    /// beginning of a file. Where this way is closed, the filter passes everything on, a little later.
    private static void moveStandardError(int descriptor) {
        try {
            Constructor<FileDescriptor> open = FileDescriptor.class.getDeclaredConstructor(int.class);
            open.setAccessible(true);
            System.setErr(new PrintStream(new FileOutputStream(open.newInstance(descriptor)), true,
                    System.err.charset()));
        } catch (ReflectiveOperationException | RuntimeException e) {
            System.err.println("intarsia: standard error stays behind the launcher's filter: " + e);
        }
    }
}
