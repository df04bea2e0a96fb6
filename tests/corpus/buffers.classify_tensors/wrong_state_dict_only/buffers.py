def classify_tensors(module):
    own = module._parameters
    return {k: "parameter" if k in own else "buffer" for k in module.state_dict() if "." not in k}
