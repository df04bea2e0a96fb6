def record_call(module):
    items = []
    pre = module.register_forward_pre_hook(lambda m, args: items.extend(list(args)))
    post = module.register_forward_hook(lambda m, args, out: items.append(out))
    remove_post = post.remove

    def remove():
        pre.remove()
        remove_post()

    post.remove = remove
    return items, post
