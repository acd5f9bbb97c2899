package org.intarsia.backends.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.BackendFactory;
import org.intarsia.api.backend.DeviceInfo;
import org.intarsia.api.component.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsolatedTest {

    private final Backend backend = new Nd4jBackendFactory().create(new Nd4jBackendFactory.Config(1));

    @ParameterizedTest
    @ValueSource(strings = {"org.nd4j.linalg.factory.Nd4j", "org.bytedeco.javacpp.Pointer",
        "org.apache.commons.lang3.StringUtils", "org.slf4j.Logger"})
    void theApplicationSeesNothingOfNd4j(String name) throws ClassNotFoundException {
        assertThat(backend.getClass().getClassLoader().loadClass(name)).isNotNull();
        assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void theEngineSeesNothingOfTheApplicationsLibraries() throws ClassNotFoundException {
        ClassLoader engine = backend.getClass().getClassLoader();

        assertThat(engine).isNotSameAs(Backend.class.getClassLoader());
        assertThat(engine.loadClass(Backend.class.getName())).isSameAs(Backend.class);
        assertThatThrownBy(() -> engine.loadClass(Test.class.getName())).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void theThreadsContextClassLoaderStaysWhatItWas() {
        ClassLoader before = new URLClassLoader(new URL[0], IsolatedTest.class.getClassLoader());
        ClassLoader outside = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(before);
        try {
            Isolated.engine().apply(1).open().close();
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
            assertThatThrownBy(() -> Isolated.load(Path.of("nowhere"))).isNotNull();
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
        } finally {
            Thread.currentThread().setContextClassLoader(outside);
        }
    }

    @Test
    void withoutJarsTheErrorSaysWhereTheyWereLookedForAndWhoBringsThem(@TempDir Path folder) {
        for (Path empty : new Path[] {folder, folder.resolve("missing")}) {
            assertThatThrownBy(() -> Isolated.load(empty))
                    .hasMessageContaining("no jars in " + empty)
                    .hasMessageContaining("\"./mvnw package\" puts them there")
                    .asInstanceOf(type(InvalidSettingException.class))
                    .returns("", InvalidSettingException::setting);
        }
    }

    @Test
    void withOtherJarsTheErrorSaysThatNd4jDoesNotWork(@TempDir Path folder) throws Exception {
        Files.write(folder.resolve("other.jar"), new byte[0]);

        assertThatThrownBy(() -> Isolated.load(folder)).isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("ND4J in " + folder + " does not work on this machine")
                .hasMessageContaining("org.nd4j");
    }

    @Test
    void aFactoryThatIsOnlyListedLoadsNothing() throws Exception {
        try (Fresh fresh = new Fresh()) {
            BackendFactory<?> factory = (BackendFactory<?>) fresh.loadClass(Nd4jBackendFactory.class.getName())
                    .getDeclaredConstructor().newInstance();

            assertThat(factory.getClass()).isNotSameAs(Nd4jBackendFactory.class);
            assertThat(factory.name()).isEqualTo("nd4j");
            assertThat(factory.defaults()).hasToString("Config[threads=1]");
            assertThat(fresh.hasLoaded(Isolated.class)).isFalse();
        }
    }

    @Test
    void theDeviceIsNamed() {
        assertThat(backend.device()).isEqualTo(new DeviceInfo("ND4J with OPENBLAS on " + System.getProperty("os.arch"),
                DeviceInfo.Precision.SINGLE, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 257})
    void aNumberOfThreadsThatCannotBeIsRefused(int threads) {
        assertThatThrownBy(() -> new Nd4jBackendFactory.Config(threads)).isInstanceOf(InvalidSettingException.class)
                .hasMessage("must be from 1 to 256, not " + threads);
    }

    /// Loads this module's classes anew.
    private static final class Fresh extends URLClassLoader {

        Fresh() {
            super(new URL[] {Nd4jBackendFactory.class.getProtectionDomain().getCodeSource().getLocation()},
                    IsolatedTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith("org.intarsia.backends.nd4j.")) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }

        boolean hasLoaded(Class<?> type) {
            return findLoadedClass(type.getName()) != null;
        }
    }
}
