"""llama.cpp's own HTTP server on a tiny model with random weights, made on the spot: `llama_server.py PORT`."""
import sys
import tempfile

import gguf
import numpy
import xllamacpp

WIDTH, HEADS, INNER, LAYERS, CONTEXT = 256, 4, 512, 4, 512


def write_model(path):
    """A small Llama whose vocabulary is the bytes; its weights are noise, so are its replies."""
    noise = numpy.random.default_rng(7)
    pieces = [b"<unk>", b"<s>", b"</s>"] + [b"<0x%02X>" % byte for byte in range(256)] + [b"\xe2\x96\x81"]
    kinds = [2, 3, 3] + [6] * 256 + [1]
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("tiny")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(pieces))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(pieces)
    writer.add_token_scores([0.0] * len(pieces))
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_chat_template("{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}assistant: ")

    def tensor(name, *shape, base=0.0):
        writer.add_tensor(name, (base + 0.1 * noise.standard_normal(shape)).astype(numpy.float32))

    tensor("token_embd.weight", len(pieces), WIDTH)
    tensor("output_norm.weight", WIDTH, base=1.0)
    tensor("output.weight", len(pieces), WIDTH)
    for layer in range(LAYERS):
        tensor(f"blk.{layer}.attn_norm.weight", WIDTH, base=1.0)
        tensor(f"blk.{layer}.ffn_norm.weight", WIDTH, base=1.0)
        for name in ["attn_q", "attn_k", "attn_v", "attn_output"]:
            tensor(f"blk.{layer}.{name}.weight", WIDTH, WIDTH)
        tensor(f"blk.{layer}.ffn_gate.weight", INNER, WIDTH)
        tensor(f"blk.{layer}.ffn_up.weight", INNER, WIDTH)
        tensor(f"blk.{layer}.ffn_down.weight", WIDTH, INNER)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


with tempfile.TemporaryDirectory() as folder:
    model = f"{folder}/tiny.gguf"
    write_model(model)
    params = xllamacpp.CommonParams()
    params.model.path = model
    params.model_alias = {"tiny"}
    params.n_ctx = 2 * CONTEXT
    params.n_parallel = 2
    params.n_predict = 200
    params.hostnames = ["127.0.0.1"]
    params.port = int(sys.argv[1])
    params.cpuparams.n_threads = 1
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()
