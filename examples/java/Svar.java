import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * svar in Java 22 and later, through the foreign function interface: no build step.
 *
 * <pre>
 * try (Svar.Policy policy = Svar.builtin()) {              // once; any number of threads may use it
 *   String answer = policy.ask("validate", request);
 * }
 * </pre>
 *
 * The library is found by the environment variable {@code SVAR_LIBRARY}.
 */
public final class Svar {
  private static final int ABI_VERSION = 1;
  private static final StructLayout STR = MemoryLayout.structLayout(ADDRESS.withName("data"), JAVA_LONG.withName("len"));
  private static final SymbolLookup LIBRARY = SymbolLookup.libraryLookup(library(), Arena.global());

  private static final MethodHandle TEXT_GET = call("svar_text_get", ADDRESS, ADDRESS, ADDRESS);
  private static final MethodHandle TEXT_FREE = free("svar_text_free");
  private static final MethodHandle ERROR_JSON = call("svar_error_json", ADDRESS, ADDRESS);
  private static final MethodHandle ERROR_RENDER = call("svar_error_render", ADDRESS, ADDRESS);
  private static final MethodHandle ERROR_FREE = free("svar_error_free");
  private static final MethodHandle BUILTIN = call("svar_policy_builtin", ADDRESS, ADDRESS);
  private static final MethodHandle LOAD = call("svar_policy_load", STR, ADDRESS, ADDRESS);
  private static final MethodHandle NAME = call("svar_policy_name", ADDRESS, ADDRESS, ADDRESS);
  private static final MethodHandle VERSION = call("svar_policy_version", ADDRESS, ADDRESS, ADDRESS);
  private static final MethodHandle PRINT = call("svar_policy_print", ADDRESS, ADDRESS, ADDRESS);
  private static final MethodHandle POLICY_FREE = free("svar_policy_free");
  private static final MethodHandle BUILDER_NEW = call("svar_policy_builder_new", ADDRESS, ADDRESS);
  private static final MethodHandle LAYER = call("svar_policy_builder_layer", ADDRESS, STR, STR, ADDRESS);
  private static final MethodHandle PACK = call("svar_policy_builder_pack", ADDRESS, STR, STR, ADDRESS);
  private static final MethodHandle BUILD = call("svar_policy_builder_build", ADDRESS, ADDRESS, ADDRESS);
  private static final MethodHandle CHECK = call("svar_policy_builder_check", ADDRESS, ADDRESS, ADDRESS);
  private static final MethodHandle BUILDER_FREE = free("svar_policy_builder_free");
  private static final MethodHandle SCRATCH_NEW = call("svar_scratch_new", ADDRESS, ADDRESS);
  private static final MethodHandle ASK = call("svar_ask", ADDRESS, ADDRESS, STR, STR, ADDRESS, ADDRESS);

  static {
    int version = (int) run(call("svar_abi_version"));
    if (version != ABI_VERSION) {
      throw new UnsatisfiedLinkError("libsvar has ABI version " + version + ", this class knows " + ABI_VERSION);
    }
  }

  private Svar() {}

  /** What became of a call; the order is that of the numbers. */
  public enum Status { OK, NULL_ARGUMENT, NOT_UTF8, BAD_ARGUMENT, POLICY, REQUEST, BUSY, PANIC }

  /** A call that failed; the message is the whole of it for people. */
  public static final class SvarException extends RuntimeException {
    private final Status status;
    private final String json;

    private SvarException(Status status, String message, String json) {
      super(message);
      this.status = status;
      this.json = json;
    }

    public Status status() {
      return status;
    }

    /** {@code {"error":…,"more":[…]}}: every diagnostic. */
    public String json() {
      return json;
    }
  }

  /** The policy that ships with svar. */
  public static Policy builtin() {
    try (Arena arena = Arena.ofConfined()) {
      return new Policy(make(arena, BUILTIN));
    }
  }

  /** A policy from one TOML or JSON document. */
  public static Policy load(String document) {
    try (Arena arena = Arena.ofConfined()) {
      return new Policy(make(arena, LOAD, in(arena, document)));
    }
  }

  /** Something of the library that is freed once. */
  private abstract static class Handle implements AutoCloseable {
    private final MethodHandle free;
    MemorySegment handle;

    Handle(MemorySegment handle, MethodHandle free) {
      this.handle = handle;
      this.free = free;
    }

    /** Frees it. Nothing can be asked of it afterwards; every call says so. */
    @Override
    public void close() {
      MemorySegment old = handle;
      handle = MemorySegment.NULL;
      run(free, old);
    }
  }

  /** A compiled policy. */
  public static final class Policy extends Handle {
    /** Memory to work in: as many as there are calls at the same time, kept for the next ones. */
    private static final ConcurrentLinkedQueue<MemorySegment> SCRATCHES = new ConcurrentLinkedQueue<>();

    private Policy(MemorySegment handle) {
      super(handle, POLICY_FREE);
    }

    public String name() {
      return borrowed(NAME, handle);
    }

    public String version() {
      return borrowed(VERSION, handle);
    }

    /** The whole policy as one JSON document. */
    public String print() {
      try (Arena arena = Arena.ofConfined()) {
        return answer(arena, PRINT, handle);
      }
    }

    /** A request in JSON, an answer in JSON: the verbs and the bytes of the command line. */
    public String ask(String verb, String request) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment kept = SCRATCHES.poll();
        MemorySegment scratch = kept != null ? kept : make(arena, SCRATCH_NEW);
        try {
          return answer(arena, ASK, handle, scratch, in(arena, verb), in(arena, request));
        } finally {
          SCRATCHES.add(scratch);
        }
      }
    }
  }

  /** Collects the documents of a policy, in layers. */
  public static final class PolicyBuilder extends Handle {
    public PolicyBuilder() {
      super(make(Arena.ofAuto(), BUILDER_NEW), BUILDER_FREE);
    }

    /** A layer on top of those before; {@code name} is what diagnostics call it. */
    public PolicyBuilder layer(String name, String document) {
      return add(LAYER, name, document);
    }

    /** A document that others can extend by its name. */
    public PolicyBuilder pack(String name, String document) {
      return add(PACK, name, document);
    }

    private PolicyBuilder add(MethodHandle call, String name, String document) {
      try (Arena arena = Arena.ofConfined()) {
        checked(arena, call, handle, in(arena, name), in(arena, document));
        return this;
      }
    }

    /** Reads, merges, checks and compiles everything. */
    public Policy build() {
      try (Arena arena = Arena.ofConfined()) {
        return new Policy(make(arena, BUILD, handle));
      }
    }

    /** Everything there is to say about the documents: a JSON list of diagnostics. */
    public String check() {
      try (Arena arena = Arena.ofConfined()) {
        return answer(arena, CHECK, handle);
      }
    }
  }

  private static String library() {
    String path = System.getenv("SVAR_LIBRARY");
    return path != null ? path : System.mapLibraryName("svar");
  }

  private static MethodHandle call(String name, MemoryLayout... parameters) {
    return linked(name, FunctionDescriptor.of(JAVA_INT, parameters));
  }

  private static MethodHandle free(String name) {
    return linked(name, FunctionDescriptor.ofVoid(ADDRESS));
  }

  private static MethodHandle linked(String name, FunctionDescriptor descriptor) {
    return Linker.nativeLinker().downcallHandle(LIBRARY.findOrThrow(name), descriptor);
  }

  private static Object run(MethodHandle call, Object... parameters) {
    try {
      return call.invokeWithArguments(parameters);
    } catch (Throwable error) {
      throw new IllegalStateException(error);
    }
  }

  /** A text to pass in. An empty one points somewhere, for NULL would be none. */
  private static MemorySegment in(Arena arena, String text) {
    ByteBuffer bytes;
    try {
      bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException error) {
      // UTF-8 has no halves of pairs, and what would stand in for one has another length.
      throw new IllegalArgumentException("half a surrogate pair is no text", error);
    }
    int length = bytes.remaining();
    MemorySegment data = arena.allocate(length + 1L);
    MemorySegment.copy(MemorySegment.ofBuffer(bytes), 0, data, 0, length);
    MemorySegment str = arena.allocate(STR);
    str.set(ADDRESS, 0, data);
    str.set(JAVA_LONG, ADDRESS.byteSize(), length);
    return str;
  }

  private static String out(MemorySegment str) {
    long length = str.get(JAVA_LONG, ADDRESS.byteSize());
    MemorySegment data = str.get(ADDRESS, 0).reinterpret(length);
    return new String(data.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
  }

  /** Runs a call that takes a place for its error last. */
  private static void checked(Arena arena, MethodHandle call, Object... parameters) {
    MemorySegment error = arena.allocate(ADDRESS);
    List<Object> all = new ArrayList<>(Arrays.asList(parameters));
    all.add(error);
    int status = (int) run(call, all.toArray());
    if (status != 0) {
      MemorySegment handle = error.get(ADDRESS, 0);
      MemorySegment text = arena.allocate(STR);
      MemorySegment json = arena.allocate(STR);
      run(ERROR_RENDER, handle, text);
      run(ERROR_JSON, handle, json);
      SvarException exception = new SvarException(Status.values()[status], out(text), out(json));
      run(ERROR_FREE, handle);
      throw exception;
    }
  }

  /** Runs a call that gives a handle. */
  private static MemorySegment make(Arena arena, MethodHandle call, Object... parameters) {
    MemorySegment place = arena.allocate(ADDRESS);
    List<Object> all = new ArrayList<>(Arrays.asList(parameters));
    all.add(place);
    checked(arena, call, all.toArray());
    return place.get(ADDRESS, 0);
  }

  /** Runs a call that gives a text. */
  private static String answer(Arena arena, MethodHandle call, Object... parameters) {
    MemorySegment text = make(arena, call, parameters);
    try {
      return borrowed(TEXT_GET, text);
    } finally {
      run(TEXT_FREE, text);
    }
  }

  /** Asks a handle for a text of its own. */
  private static String borrowed(MethodHandle call, MemorySegment handle) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment str = arena.allocate(STR);
      checked(arena, call, handle, str);
      return out(str);
    }
  }
}
