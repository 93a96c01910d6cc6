# SPDX-License-Identifier: Apache-2.0
"""What bad input gets: exit code, the place, what would be legal; nothing half done."""
import shutil
import unittest

from an import Case, ROOT, fashion, idx

NO_DATA = {"ANTINODE_DATA": "/nonexistent"}


class Usage(Case):
    def test_usage(self):
        self.bad(says="antinode")
        self.bad("fly", says=['unknown command "fly"', "run"])
        self.bad("run", says="EXP is missing")
        self.bad("run", "vfep-digits", "more", says="unexpected argument more")
        self.bad("run", "vfep-digits", "--fly", says=["unknown option --fly", "--help"])
        self.bad("run", "--fly=3", "vfep-digits", says="unknown option --fly=3")
        self.bad("run", "vfep-digits", "--seed", says="--seed needs a value")
        self.bad("run", "vfep-digits", "--seed", "-1", says=["--seed -1", "whole number"])
        self.bad("run", "vfep-digits", "--epochs", "0", says="from 1 to")
        self.bad("run", "vfep-digits", "--epochs", "1", "--samples", "5", says="only one of")
        self.bad("run", "vfep-digits", "--set", "lanes", says="KEY=VALUE")
        self.bad("run", "vfep-digits", "--set", "lanes=3", says="1, 2, 4 or 8")
        self.bad("run", "vfep-digits", "--on", "board", says=["--on board", "model, sim, tty:DEV[@BAUD], tcp:HOST:PORT"])
        self.bad("run", "vfep-digits", "--config", "big", says=["big", "tiny", "icebreaker"])
        self.bad("info", "--self-test", says="name it with --on")
        self.bad("serve", says="--pty LINK or --tcp PORT")
        self.bad("bench", "nothing", says="utilisation, model, sim")

    def test_no_such_experiment(self):
        self.bad("run", "vfep-nothing", says="vfep-nothing")
        self.bad("run", self.folder / "none.yaml", says="none.yaml")

    def test_report_that_cannot_be_written(self):
        self.bad("run", "vfep-digits", "--report", self.folder / "no" / "r.json", says="r.json")


class Device(Case):
    def test_nobody_there(self):
        self.bad("run", "vfep-digits", "--on", "tty:/dev/nonexistent", code=3, says="/dev/nonexistent")
        self.bad("run", "vfep-digits", "--on", "tcp:127.0.0.1:1", code=3, says="tcp:127.0.0.1:1")


class Experiment(Case):
    def test_unknown_key(self):
        path = self.yaml("vfep-digits", ("schedule: {", "schedule: {epoch: 3, "))
        self.bad("run", path, says=["vfep-digits.yaml:", "epoch", "legal"])

    def test_unknown_source(self):
        path = self.yaml("vfep-digits", ("source: digits", "source: letters"))
        self.bad("run", path, says=["data.source", '"letters"', "legal: fashion-mnist, digits"])

    def test_shape(self):
        path = self.yaml("vfep-digits", ("{name: input, size: 64}", "{name: input, size: 60}"))
        self.bad("run", path, says=['stream "x"', "60", "64"])
        self.bad("run", "vfep-digits", "--set", "data.pool=3", says=["data.pool", "3 does not divide images of 8x8"])

    def test_missing_population(self):
        path = self.yaml("vfep-digits", ("from: input, to: hidden", "from: input, to: hiden"))
        self.bad("run", path, says=["vfep-digits.yaml:", "hiden"])

    def test_does_not_fit(self):
        self.bad("run", "vfep-fashion", "--config", "tiny", says=["does not fit tiny", "needed", "available", "icebreaker"])

    def test_metric_without_stream(self):
        path = self.yaml("vfep-digits", ("test_error: prediction", "test_error: answer"))
        self.bad("run", path, says=["metrics.test_error", '"answer"'])


class Data(Case):
    def run_bad(self, change, says):
        fashion(self.folder, change=change)
        report = self.folder / "r.json"
        self.bad("run", "vfep-fashion", "--report", report, env={"ANTINODE_DATA": str(self.folder)}, says=says)
        self.assertFalse(report.exists())

    def test_good(self):
        fashion(self.folder)
        r = self.report("vfep-fashion", "--epochs", 1, "--set", "schedule.eval=20", env={"ANTINODE_DATA": str(self.folder)})
        self.assertEqual((r["samples"], r["metrics"]["test_count"]), (40, 20))

    def test_missing(self):
        self.bad("run", "vfep-fashion", env=NO_DATA, says=["apt-get install dataset-fashion-mnist", "ANTINODE_DATA=DIR", "vfep-digits"])

    def test_cut(self):
        whole = idx((40, 28, 28), bytes(40 * 784))
        self.run_bad({"train-images-idx3-ubyte": whole[:1000]}, ["train-images-idx3-ubyte.gz", "offset 1000", "31360 bytes from offset 16, 984 are there"])
        self.run_bad({"train-images-idx3-ubyte": whole[:10]}, ["train-images-idx3-ubyte.gz", "offset 10", "cut short"])
        self.run_bad({"train-images-idx3-ubyte": whole + b"x"}, ["offset 31376", "more data"])

    def test_cut_gzip(self):
        fashion(self.folder)
        path = self.folder / "t10k-images-idx3-ubyte.gz"
        path.write_bytes(path.read_bytes()[:300])
        self.bad("run", "vfep-fashion", env={"ANTINODE_DATA": str(self.folder)}, says=["t10k-images-idx3-ubyte.gz", "offset"])

    def test_magic(self):
        self.run_bad({"train-labels-idx1-ubyte": idx((40,), bytes(40), magic=9)}, ["train-labels-idx1-ubyte.gz", "offset 0", "0x00000901", "0x00000801"])
        self.run_bad({"train-images-idx3-ubyte": idx((40, 784), bytes(40 * 784))}, ["0x00000802", "0x00000803"])

    def test_shape(self):
        self.run_bad({"train-images-idx3-ubyte": idx((40, 14, 14), bytes(40 * 196))}, ["14x14", "28x28"])
        self.run_bad({"train-labels-idx1-ubyte": idx((39,), bytes(39))}, ["39 labels", "40"])

    def test_label(self):
        self.run_bad({"t10k-labels-idx1-ubyte": idx((20,), [3] * 19 + [10])}, ["label 19 is 10", "0 to 9"])

    def test_digits(self):
        share = self.folder / "share"
        for part in ("rules", "experiments", "data/digits"):
            shutil.copytree(ROOT / "sw" / part, share / part)
        env = {"ANTINODE_SHARE": str(share)}
        x, y = share / "data/digits/digits-x.npy", share / "data/digits/digits-y.npy"
        whole, labels = x.read_bytes(), y.read_bytes()
        self.report("vfep-digits", "--samples", 10, "--test", 10, env=env)
        for change, says in ((whole[:5000], ["digits-x.npy", "offset 5000", "cut short"]), (b"GIF89a" + whole[6:], ["offset 0", "expected 93 4e"]),
                             (whole.replace(b"(1797, 64)", b"(115008, )"), ["1 dimension", "expected 2"]),
                             (whole.replace(b"|u1", b"|b1"), ["descr", "|u1"]), (whole[:6] + b"\x03" + whole[7:], ["version 3.0", "1.0"])):
            x.write_bytes(change)
            self.bad("run", "vfep-digits", env=env, says=says)
        x.write_bytes(whole)
        y.write_bytes(labels.replace(b"(1797,)", b"(1796,)")[:-1])
        self.bad("run", "vfep-digits", env=env, says=["digits-y.npy", "1796", "1797"])


class Assembly(Case):
    def test_asm(self):
        path = self.folder / "p.s"
        path.write_text("HALT\nFLY 1\n")
        self.bad("asm", path, says=["p.s:2:", "FLY"])
        self.bad("asm", self.folder / "none.s", says="none.s")
        path.write_text("core 0, 1, 2\npop n=12\nout S:4, port=up\nin S:8, port=down\nhalt\n")
        ring = ("--config", "tiny", "--set", "cores=3")
        self.bad("asm", path, says=["p.s:1:1", "core", "configuration"])
        self.bad("asm", path, *ring, says=["p.s:3:1", "core 0, line 3", "4 of 12 steps given up, 4 fit, to core 1", "core 2"])
        self.bad("asm", path, "--config", "bench-4x2", "--set", "cores=3", says=["p.s:4:1", "core 0: port down leads nowhere"])
        self.bad("asm", path, "--config", "tiny", "--set", "hidden=3", says="lanes and cores")
        path.write_text(path.read_text().replace("n=12", "n=4"))
        out, _ = self.an("asm", path, *ring)
        self.assertEqual(out.count("# core"), 3)

    def test_dis(self):
        path = self.folder / "p.hex"
        path.write_text("0000000000000000\nxyz\n")
        _, err = self.an("dis", path, code=2)
        self.assertIn("p.hex:2:1", err)


if __name__ == "__main__":
    unittest.main()
