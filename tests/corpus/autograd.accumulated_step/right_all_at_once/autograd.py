import torch


def accumulated_step(model, batches, loss_fn, optimizer):
    xs, ys = zip(*batches)
    optimizer.zero_grad()
    loss_fn(model(torch.cat(xs)), torch.cat(ys)).backward()
    optimizer.step()
