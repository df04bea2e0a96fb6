from torchvision.ops import masks_to_boxes as boxes_from_masks
