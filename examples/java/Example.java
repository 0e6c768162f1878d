import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Judges the request in a file and prints the answer: java Example.java ../case.json */
final class Example {
  public static void main(String[] arguments) throws IOException {
    String request = Files.readString(Path.of(arguments[0]));
    try (Svar.Policy policy = Svar.builtin()) {
      System.out.write((policy.ask("validate", request) + "\n").getBytes(StandardCharsets.UTF_8));
      System.out.flush();
    }
  }
}
