def classify_tensors(module):
    kinds = {name: "parameter" for name, _ in module.named_parameters(recurse=False)}
    for name, _ in module.named_buffers(recurse=False):
        kinds[name] = "buffer" if name in module.state_dict() else "non_persistent_buffer"
    return kinds
