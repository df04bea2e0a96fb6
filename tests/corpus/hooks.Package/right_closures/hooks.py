class Package:
    def __init__(self, programs):
        self.programs = programs
        self.boxes = {"pre": [], "post": []}

    class Handle:
        def __init__(self, box):
            self.box = box

        def remove(self):
            self.box.clear()

    def add_pre_hook(self, f):
        box = [f]
        self.boxes["pre"] = self.boxes["pre"] + [box]
        return Package.Handle(box)

    def add_hook(self, f):
        box = [f]
        self.boxes["post"] = self.boxes["post"] + [box]
        return Package.Handle(box)

    def run_boxes(self, when, value):
        for box in self.boxes[when]:
            for f in tuple(box):
                answer = f(value)
                if answer is None:
                    continue
                value = answer
        return value

    def __call__(self, x):
        for program in self.programs:
            x = self.run_boxes("post", program(self.run_boxes("pre", x)))
        return x
