package dev.scrubjay.specs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpecsFolderTest {
    private static final String ENTRY = """
            {"module": "Counter.tla", "config": "Counter.cfg", "tier": "smoke", "mode": "exhaustive", "expected": "holds"}""";

    @TempDir
    Path folder;

    private Specs specs;

    @BeforeEach
    void writeACounter() throws IOException {
        specs = new Specs(folder)
                .counter("SPECIFICATION Spec\nINVARIANTS AtMostThreeInv NeverZeroInv\nPROPERTY NeverThreeProp\n");
    }

    @Test
    void withoutAManifestEachConfigBesideItsModuleIsAModel() throws IOException {
        specs.file("Counter.large.cfg", "INIT Init NEXT Next").file("Other.cfg", "INIT Init NEXT Next");

        var models = SpecsFolder.open(folder).models();

        assertThat(models).extracting(Model::name).containsExactly("Counter", "Counter.large");
        assertThat(models).extracting(Model::expected).containsOnly(new Expected.Holds());
        assertThat(models.getFirst().invariants()).containsExactly("AtMostThreeInv", "NeverZeroInv");
        assertThat(models.getFirst().properties()).containsExactly("NeverThreeProp");
    }

    @Test
    void namesInCommentsAreNotChecked() throws IOException {
        specs.counter("""
                INVARIANT AtMostThreeInv \\* NeverZeroInv
                (* BelowTwoInv
                   PROPERTY NeverThreeProp *)
                CONSTANT N = 3
                """);

        var model = SpecsFolder.open(folder).models().getFirst();

        assertThat(model.invariants()).containsExactly("AtMostThreeInv");
        assertThat(model.properties()).isEmpty();
    }

    @Test
    void aTierTakesInThoseBeforeIt() throws IOException {
        for (var tier : List.of("quick", "deep")) {
            Files.copy(folder.resolve("Counter.cfg"), folder.resolve(tier + ".cfg"));
        }
        specs.manifest(ENTRY + ", " + ENTRY.replace("smoke", "quick").replace("Counter.cfg", "quick.cfg") + ", "
                + ENTRY.replace("smoke", "deep").replace("Counter.cfg", "deep.cfg"));

        var opened = SpecsFolder.open(folder);

        assertThat(opened.upTo(Tier.SMOKE)).extracting(Model::name).containsExactly("Counter");
        assertThat(opened.upTo(Tier.QUICK)).extracting(Model::name).containsExactly("Counter", "quick");
        assertThat(opened.upTo(Tier.DEEP)).hasSize(3);
    }

    @Test
    void anUnknownModelIsAnsweredWithThoseThereAre() throws IOException {
        var opened = SpecsFolder.open(folder);

        assertThat(opened.named(List.of("Counter"))).hasSize(1);
        assertThatThrownBy(() -> opened.named(List.of("Counter", "nope")))
                .isInstanceOf(InputException.class)
                .hasMessage("no model 'nope' in " + folder + "; there are: Counter");
    }

    @Test
    void aFolderThatHoldsNothingToCheckIsRefused() throws IOException {
        var empty = Files.createDirectory(folder.resolve("empty"));

        assertThatThrownBy(() -> SpecsFolder.open(empty)).hasMessageContaining("no models; there is no manifest.json");
        assertThatThrownBy(() -> SpecsFolder.open(folder.resolve("none")))
                .hasMessageContaining("there is no such folder");
    }

    /// A manifest is read strictly: each row changes one thing in a good one.
    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, quoteCharacter = '`', textBlock = """
            "tier"               | "tire"               | models[0]: no such field 'tire'; there are: config, distinctStates, expected
            "smoke"              | "smoky"              | models[0].tier: 'smoky' is none of: smoke, quick, deep
            "exhaustive"         | "random"             | models[0].mode: 'random' is none of: exhaustive, simulation
            "exhaustive"         | "simulation"         | models[0].seed: wants a whole number, so that
            "exhaustive"         | "simulation", "seed": 1.5 | models[0].seed: wants a whole number
            "exhaustive"         | "simulation", "seed": 1   | models[0].behaviours: wants a whole number from 1 on
            "exhaustive"         | "simulation", "seed": 1, "behaviours": 9 | models[0].depth: wants a whole number from 1 on
            "exhaustive"         | "simulation", "distinctStates": 9 | no such field 'distinctStates' in a simulation; there are: behaviours, config
            "exhaustive"         | "simulation", "leavesOut": []     | no such field 'leavesOut' in a simulation
            "exhaustive"         | "exhaustive", "seed": 1           | no such field 'seed'; there are: config, distinctStates
            "mode"               | "limitSeconds": 0, "mode"         | models[0].limitSeconds: wants a whole number from 1 on
            "mode"               | "limitSeconds": "1", "mode"       | models[0].limitSeconds: wants a whole number from 1 on
            "holds"              | "hold"               | models[0].expected: 'hold' is neither 'holds' nor 'violates NAME'
            "holds"              | "violates BelowTwoInv" | 'violates BelowTwoInv' is neither 'holds' nor 'violates NAME' with a name that
            "Counter.tla"        | "Conter.tla"         | models[0].module: there is no file
            "Counter.cfg"        | 7                    | models[0]: wants a text "config"
            "mode"               | "distinctStates": 0, "mode" | models[0].distinctStates: 0 is not a number of states
            "mode"               | "reach": ["1 2"], "mode"    | models[0].reach: "1 2" is not a name
            "mode"               | "tier": "deep", "mode"      | manifest.json:1: not JSON: Duplicate
            }                    | }}                   | manifest.json:1: not JSON
            """)
    void aManifestWithAMistakeIsRefusedByName(String good, String bad, String message) throws IOException {
        specs.manifest(ENTRY.replaceFirst(java.util.regex.Pattern.quote(good), bad));

        assertThatThrownBy(() -> SpecsFolder.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(folder + "/manifest.json:")
                .hasMessageContaining(message);
    }

    @Test
    void aManifestOfAnotherVersionOrWithoutModelsOrWithTwoOfANameIsRefused() throws IOException {
        specs.file("manifest.json", "{\"manifest\": 2, \"models\": []}");
        assertThatThrownBy(() -> SpecsFolder.open(folder)).hasMessageContaining("wants \"manifest\": 1");
        specs.manifest("");
        assertThatThrownBy(() -> SpecsFolder.open(folder)).hasMessageContaining("models: lists no model");
        specs.manifest(ENTRY + "," + ENTRY);
        assertThatThrownBy(() -> SpecsFolder.open(folder))
                .hasMessageContaining("models[1]: a second model named 'Counter'");
    }

    @Test
    void aGoodManifestIsReadWhole() throws IOException {
        specs.manifest(ENTRY.replace(
                "\"holds\"", "\"violates NeverZeroInv\", \"distinctStates\": 7, \"reach\": [\"ReachThreeInv\"]"));

        var model = SpecsFolder.open(folder).models().getFirst();

        assertThat(model.expected()).isEqualTo(new Expected.Violates("NeverZeroInv"));
        assertThat(model.distinctStates()).hasValue(7);
        assertThat(model.reach()).containsExactly("ReachThreeInv");
        assertThat(model.mode()).isEqualTo(new Mode.Exhaustive());
        assertThat(model.limitSeconds()).isEmpty();
    }

    @Test
    void aSimulationAndALimitAreRead() throws IOException {
        specs.manifest(ENTRY.replace(
                "\"exhaustive\"",
                "\"simulation\", \"behaviours\": 1000, \"depth\": 50, \"seed\": -7, \"limitSeconds\": 60"));

        var model = SpecsFolder.open(folder).models().getFirst();

        assertThat(model.mode()).isEqualTo(new Mode.Simulation(1000, 50, -7));
        assertThat(model.limitSeconds()).hasValue(60);
    }
}
