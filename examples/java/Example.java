import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Judges a reply and writes another, for the case in a file. Prints what {@code svar validate} and {@code svar draft}
 * print: java Example.java ../case.json
 */
final class Example {
  private static final String REPLY = "Hei Jonas! 🙃 Du burde ha lest driftsmeldingene. Hilsen Ida";

  public static void main(String[] arguments) throws IOException {
    String facts = Files.readString(Path.of(arguments[0]));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Svar.Policy policy = Svar.builtin()) {
      // May we say this?
      out.print(policy.ask("validate", "{\"case\":" + facts + ",\"reply\":\"" + REPLY + "\"}") + "\n");
      // What should we say?
      out.print(policy.ask("draft", "{\"case\":" + facts + "}") + "\n");
    }
  }
}
