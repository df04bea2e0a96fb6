"""Typical wrong answers to the assignment transforms, each with what to say to the student."""

import torch
from torch import nn

from grader.authoring import mistake


class _Compose:
    def __init__(self, transforms):
        self.transforms = list(transforms)

    def __call__(self, x):
        for transform in self.transforms:
            x = transform(x)
        return x

    def __repr__(self):
        return f"Compose({self.transforms})"


@mistake("transforms.Compose")
class LastFirst(_Compose):
    """The transforms run from the last to the first: the first one gets the input."""

    def __call__(self, x):
        for transform in reversed(self.transforms):
            x = transform(x)
        return x


@mistake("transforms.Compose")
class EachOnTheInput(_Compose):
    """Each transform gets the input itself: give it what the one before returned."""

    def __call__(self, x):
        result = x
        for transform in self.transforms:
            result = transform(x)
        return result


@mistake("transforms.Compose")
class NothingForNoTransforms(_Compose):
    """An empty chain returns None: it gives its input back."""

    def __call__(self, x):
        return super().__call__(x) if self.transforms else None


@mistake("transforms.Compose")
class NamelessChain(_Compose):
    """The repr does not show the transforms: write __repr__ so that it lists the repr of each."""

    def __repr__(self):
        return object.__repr__(self)


class _Crop:
    def __init__(self, size):
        self.size = (size, size) if isinstance(size, int) else tuple(size)

    def start(self, length, wanted):
        return round((length - wanted) / 2)

    def before(self, missing):
        return missing // 2

    def __call__(self, image):
        height, width = self.size
        rows, columns = max(height - image.shape[1], 0), max(width - image.shape[2], 0)
        left, top = self.before(columns), self.before(rows)
        image = nn.functional.pad(image, (left, columns - left, top, rows - top))
        top, left = self.start(image.shape[1], height), self.start(image.shape[2], width)
        return image[:, top : top + height, left : left + width]


@mistake("transforms.CenterCrop")
class RoundedDown(_Crop):
    """The crop begins at round((H - h) / 2): // 2 rounds 1.5 down to 1, Python's round makes it 2."""

    def start(self, length, wanted):
        return (length - wanted) // 2


@mistake("transforms.CenterCrop")
class RoundedUp(_Crop):
    """The crop begins at round((H - h) / 2), and a half goes to the even number: 0.5 becomes 0, not 1."""

    def start(self, length, wanted):
        return (length - wanted + 1) // 2


@mistake("transforms.CenterCrop")
class MoreAtTheTop(_Crop):
    """Of an odd number of missing rows the additional one is at the bottom, of columns at the right."""

    def before(self, missing):
        return (missing + 1) // 2


@mistake("transforms.CenterCrop")
class NeverPadded(_Crop):
    """A picture smaller than the crop has to be padded with zeros: here it stays small."""

    def __call__(self, image):
        height, width = (min(n, wanted) for n, wanted in zip(image.shape[1:], self.size, strict=True))
        top, left = round((image.shape[1] - height) / 2), round((image.shape[2] - width) / 2)
        return image[:, top : top + height, left : left + width]


@mistake("transforms.CenterCrop")
class WidthFirst(_Crop):
    """size is (height, width): you take it the other way round."""

    def __init__(self, size):
        super().__init__(size if isinstance(size, int) else (size[1], size[0]))


@mistake("transforms.CenterCrop")
class EdgesRepeated(_Crop):
    """The padding repeats the edge of the picture: pad with zeros."""

    def __call__(self, image):
        height, width = self.size
        rows = torch.arange(height) - max(height - image.shape[1], 0) // 2
        columns = torch.arange(width) - max(width - image.shape[2], 0) // 2
        top, left = max(0, image.shape[1] - height), max(0, image.shape[2] - width)
        rows, columns = rows + round(top / 2), columns + round(left / 2)
        return image[:, rows.clamp(0, image.shape[1] - 1)][:, :, columns.clamp(0, image.shape[2] - 1)]


class _Flip:
    def __init__(self, p, generator):
        self.p, self.generator = p, generator

    def drawn(self):
        return torch.rand((), generator=self.generator)

    def __call__(self, image):
        return image.flip(-1) if self.drawn() < self.p else image


@mistake("transforms.RandomHorizontalFlip")
class GlobalGenerator(_Flip):
    """You draw from the global generator: pass generator=self.generator to torch.rand."""

    def drawn(self):
        return torch.rand(())


@mistake("transforms.RandomHorizontalFlip")
class DecidedOnce(_Flip):
    """Whether to flip is decided once, in __init__: draw anew in every call."""

    def __init__(self, p, generator):
        super().__init__(p, generator)
        self.once = torch.rand((), generator=generator)

    def drawn(self):
        return self.once


@mistake("transforms.RandomHorizontalFlip")
class KeptWithProbabilityP(_Flip):
    """p is the probability to flip: you keep the picture with that probability."""

    def __call__(self, image):
        return image if self.drawn() < self.p else image.flip(-1)


@mistake("transforms.RandomHorizontalFlip")
class UpsideDown(_Flip):
    """The picture is turned upside down: left and right are the last dimension."""

    def __call__(self, image):
        return image.flip(-2) if self.drawn() < self.p else image


@mistake("transforms.RandomHorizontalFlip")
class ChannelsToo(_Flip):
    """flip() of all dimensions turns the channels and the rows as well: name the last dimension only."""

    def __call__(self, image):
        return image.flip(0, 1, 2) if self.drawn() < self.p else image


@mistake("transforms.flip_with_boxes")
def corners_not_exchanged(image, boxes):
    """After the flip x1 is greater than x2: the old right edge becomes the new left one, so exchange the two."""
    x1, y1, x2, y2 = boxes.unbind(1)
    return image.flip(2), torch.stack([image.shape[2] - x1, y1, image.shape[2] - x2, y2], 1)


@mistake("transforms.flip_with_boxes")
def one_pixel_less(image, boxes):
    """Boxes have edges, not pixels: x becomes W - x, not W - 1 - x."""
    x1, y1, x2, y2 = boxes.unbind(1)
    last = image.shape[2] - 1
    return image.flip(2), torch.stack([last - x2, y1, last - x1, y2], 1)


@mistake("transforms.flip_with_boxes")
def height_taken(image, boxes):
    """x is mirrored in the width, image.shape[2]: you took the height."""
    x1, y1, x2, y2 = boxes.unbind(1)
    return image.flip(2), torch.stack([image.shape[1] - x2, y1, image.shape[1] - x1, y2], 1)


@mistake("transforms.flip_with_boxes")
def boxes_left_behind(image, boxes):
    """The picture is flipped and the boxes are not: they no longer surround what they did."""
    return image.flip(2), boxes


@mistake("transforms.flip_with_boxes")
def boxes_written_into(image, boxes):
    """You write into the boxes that you were given: return new ones."""
    with torch.no_grad():
        boxes[:, [0, 2]] = image.shape[2] - boxes[:, [2, 0]]
    return image.flip(2), boxes


def _resized(image, boxes, size, factors, mode="nearest"):
    scaled = boxes * torch.tensor(factors, dtype=boxes.dtype)
    return nn.functional.interpolate(image[None], size=size, mode=mode)[0], scaled


@mistake("transforms.resize_with_boxes")
def factors_exchanged(image, boxes, size):
    """x is scaled by the ratio of the widths, y by that of the heights: you exchanged them."""
    down, across = size[0] / image.shape[1], size[1] / image.shape[2]
    return _resized(image, boxes, size, [down, across, down, across])


@mistake("transforms.resize_with_boxes")
def one_factor_for_both(image, boxes, size):
    """Width and height have a factor each: the picture need not keep its proportions."""
    return _resized(image, boxes, size, [size[0] / image.shape[1]] * 4)


@mistake("transforms.resize_with_boxes")
def factors_upside_down(image, boxes, size):
    """The factor is new by old: you divide the old size by the new one."""
    down, across = image.shape[1] / size[0], image.shape[2] / size[1]
    return _resized(image, boxes, size, [across, down, across, down])


@mistake("transforms.resize_with_boxes")
def boxes_not_scaled(image, boxes, size):
    """The boxes still fit the old picture: scale them, too."""
    return _resized(image, boxes, size, [1.0] * 4)


@mistake("transforms.resize_with_boxes")
def pixels_mixed(image, boxes, size):
    """The pixels are mixed: with mode nearest each is a copy of one."""
    down, across = size[0] / image.shape[1], size[1] / image.shape[2]
    return _resized(image, boxes, size, [across, down, across, down], "bilinear")


def _numbers(image, mean, std):
    return (torch.as_tensor(n, dtype=image.dtype).reshape(3, 1, 1) for n in (mean, std))


@mistake("transforms.to_display")
def mean_added_first(image, mean, std):
    """Undo the last step first: multiply by std, then add the mean."""
    mean, std = _numbers(image, mean, std)
    return ((image + mean) * std).clamp(0, 1).permute(1, 2, 0).numpy()


@mistake("transforms.to_display")
def channels_in_front(image, mean, std):
    """The channels are still in front: plotting wants (H, W, 3)."""
    mean, std = _numbers(image, mean, std)
    return (image * std + mean).clamp(0, 1).numpy()


@mistake("transforms.to_display")
def not_clipped(image, mean, std):
    """Values outside of [0, 1] remain: clip them."""
    mean, std = _numbers(image, mean, std)
    return (image * std + mean).permute(1, 2, 0).numpy()


@mistake("transforms.to_display")
def reshaped(image, mean, std):
    """reshape does not move the channels, it cuts the memory into other pieces: permute(1, 2, 0)."""
    mean, std = _numbers(image, mean, std)
    return (image * std + mean).clamp(0, 1).reshape(image.shape[1], image.shape[2], 3).numpy()


@mistake("transforms.to_display")
def stretched(image, mean, std):
    """You stretch the picture from its least to its greatest value: undo the normalisation, and clip."""
    low, high = (image.min(), image.max()) if image.numel() else (0.0, 1.0)
    return ((image - low) / (high - low + 1e-8)).permute(1, 2, 0).numpy()


def _grid(images, nrow, padding, outside=True):
    images = images.expand(-1, 3, -1, -1) if images.shape[1] == 1 else images
    count, channels, height, width = images.shape
    down, right, edge = height + padding, width + padding, padding if outside else 0
    rows = -(-count // nrow)
    grid = images.new_zeros(channels, rows * down - padding + 2 * edge, nrow * right - padding + 2 * edge)
    for number, image in enumerate(images):
        top, left = number // nrow * down + edge, number % nrow * right + edge
        grid[:, top : top + height, left : left + width] = image
    return grid


@mistake("transforms.image_grid")
def padding_between_only(images, nrow, padding):
    """There is padding between the pictures only: it goes around all of them as well."""
    return (
        images.expand(-1, 3, -1, -1)[0] if len(images) == 1 else _grid(images, min(nrow, len(images)), padding, False)
    )


@mistake("transforms.image_grid")
def always_nrow_columns(images, nrow, padding):
    """With fewer pictures than nrow the sheet is only as wide as they need."""
    if len(images) == 1:
        return images[0].expand(3, -1, -1) if images.shape[1] == 1 else images[0]
    return _grid(images, nrow, padding)


@mistake("transforms.image_grid")
def single_picture_padded(images, nrow, padding):
    """A single picture comes back alone, as make_grid does it: without padding."""
    return _grid(images, min(nrow, len(images)), padding)


@mistake("transforms.image_grid")
def one_channel_kept(images, nrow, padding):
    """Pictures of one channel become three equal channels on the sheet."""
    doubled = torch.cat([images, images], 1) if images.shape[1] == 1 else images
    if len(images) == 1:
        return images[0]
    return _grid(doubled, min(nrow, len(images)), padding)[: images.shape[1]]


@mistake("transforms.image_grid")
def downwards_first(images, nrow, padding):
    """The pictures run downwards: nrow of them stand beside each other, then the next row begins."""
    if len(images) == 1:
        return images[0].expand(3, -1, -1) if images.shape[1] == 1 else images[0]
    turned = _grid(images.transpose(2, 3), min(nrow, len(images)), padding)
    return turned.transpose(1, 2)
