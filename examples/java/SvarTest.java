import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Tests of Svar: java SvarTest.java */
final class SvarTest {
  private static final String REQUEST =
      "{\"case\":{\"channel\":\"facebook\",\"language\":\"en\"},\"reply\":\"You should have read the terms.\"}";

  public static void main(String[] arguments) throws Exception {
    judges();
    tellsWhatIsWrong();
    layers();
  }

  private static void judges() throws Exception {
    try (Svar.Policy policy = Svar.builtin(); var threads = Executors.newFixedThreadPool(8)) {
      String expected = policy.ask("validate", REQUEST);
      check(expected.contains("tone.blame") && policy.name().equals("svar:builtin"));
      check(policy.ask("read", "{\"text\":\"a\\u0000b\"}").contains("\"bytes\":3"));
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int at = 0; at < 400; at++) {
        calls.add(() -> policy.ask("validate", REQUEST).equals(expected));
      }
      for (Future<Boolean> same : threads.invokeAll(calls)) {
        check(same.get());
      }
    }
  }

  private static void tellsWhatIsWrong() {
    Svar.Policy policy = Svar.builtin();
    fails(Svar.Status.REQUEST, "syntax", () -> policy.ask("validate", "{"));
    fails(Svar.Status.REQUEST, "syntax", () -> policy.ask("validate", ""));
    fails(Svar.Status.BAD_ARGUMENT, "unknown-value", () -> policy.ask("validte", "{}"));
    fails(Svar.Status.POLICY, "missing-key", () -> Svar.load("svar = 1\n"));
    try {
      policy.ask("read", "{\"text\":\"\ud83d\"}");
      throw new AssertionError("half a pair was taken");
    } catch (IllegalArgumentException error) {
      check(error.getMessage().contains("surrogate"));
    }
    check(policy.ask("validate", REQUEST).contains("tone.blame"));
    policy.close();
    policy.close();
    fails(Svar.Status.NULL_ARGUMENT, "null-argument", policy::name);
  }

  private static void layers() {
    try (Svar.PolicyBuilder builder = new Svar.PolicyBuilder()) {
      builder.pack("acme:tone", "svar = 1\nname = 'acme:tone'\n[rules.'tone.blame']\noff = true\n");
      builder.layer(
          "ours.toml",
          "svar = 1\nname = 'ours'\nversion = '3'\nextends = ['svar:care', 'acme:tone']\nlanguages = ['en']\n");
      check(builder.check().equals("[]"));
      try (Svar.Policy policy = builder.build(); Svar.Policy again = Svar.load(policy.print())) {
        check(policy.name().equals("ours") && policy.version().equals("3"));
        check(again.print().equals(policy.print()));
        check(!policy.ask("validate", REQUEST).contains("tone.blame"));
      }
    }
  }

  private static void fails(Svar.Status status, String code, Runnable call) {
    try {
      call.run();
    } catch (Svar.SvarException error) {
      check(error.status() == status && error.json().contains("\"code\":\"" + code + "\""));
      check(error.getMessage().contains(code));
      return;
    }
    throw new AssertionError("nothing was thrown: " + code);
  }

  private static void check(boolean holds) {
    if (!holds) {
      throw new AssertionError();
    }
  }
}
