def submodule_names(model, deep):
    names = list(dict.fromkeys(key.rpartition(".")[0] for key in model.state_dict() if "." in key))
    return names if deep else list(dict.fromkeys(name.split(".")[0] for name in names))
