"""Networks: tensors in, predictions out; they know no recipe, no data set and no framework but torch."""
