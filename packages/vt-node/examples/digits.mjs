// SPDX-License-Identifier: Apache-2.0
// Trains a network of two layers to read handwritten digits: node examples/digits.mjs [--mnist FOLDER] [--epochs N] [--seed N].
//
// Without --mnist it learns from the 1,797 images of 8 by 8 pixels in digits.csv.gz (E. Alpaydin and C. Kaynak, "Optical
// recognition of handwritten digits", UCI Machine Learning Repository, 1998, CC BY 4.0). FOLDER holds the four files of MNIST
// in their IDX format, compressed or not.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";

import { Generator, noGrad, ops, tensor } from "vt-node";

const HIDDEN = 128;
const CLASSES = 10;
const BATCH = 64;
const RATE = 0.2;

/** Contents of a file, or of the file with ".gz" after its name. */
function contents(path) {
  const found = [path, `${path}.gz`].find((candidate) => existsSync(candidate));
  if (found === undefined) throw new Error(`${path}: there is no such file`);
  try {
    const bytes = readFileSync(found);
    return found.endsWith(".gz") ? gunzipSync(bytes) : bytes;
  } catch (error) {
    throw new Error(`${found}: cannot be read: ${error.message}`);
  }
}

/** Images as rows of numbers from 0 to 1, and their classes; every fifth is kept for the test. */
function smallDigits() {
  const path = join(fileURLToPath(new URL(".", import.meta.url)), "digits.csv.gz");
  const rows = contents(path).toString("latin1").trim().split("\n").map((line) => line.split(",").map(Number));
  const part = (chosen) => ({
    images: Float32Array.from(chosen.flatMap((row) => row.slice(0, 64).map((value) => value / 16))),
    labels: BigInt64Array.from(chosen, (row) => BigInt(row[64])),
    pixels: 64,
  });
  return { train: part(rows.filter((_, i) => i % 5 !== 0)), test: part(rows.filter((_, i) => i % 5 === 0)) };
}

/** The bytes after the header of an IDX file, which has the kind and the sizes as big-endian numbers. */
function idx(path, magic, dims) {
  const bytes = contents(path);
  const begin = 4 + 4 * dims;
  if (bytes.length < begin || bytes.readUInt32BE(0) !== magic) throw new Error(`${path}: not an IDX file of this kind`);
  const sizes = Array.from({ length: dims }, (_, i) => bytes.readUInt32BE(4 + 4 * i));
  const expected = begin + sizes.reduce((product, size) => product * size, 1);
  if (bytes.length !== expected) throw new Error(`${path}: has ${bytes.length} bytes where its header says ${expected}`);
  return { values: bytes.subarray(begin), sizes };
}

function mnist(folder) {
  const part = (name) => {
    const images = idx(join(folder, `${name}-images-idx3-ubyte`), 2051, 3);
    const path = join(folder, `${name}-labels-idx1-ubyte`);
    const labels = idx(path, 2049, 1);
    const [count, height, width] = images.sizes;
    if (labels.sizes[0] !== count) throw new Error(`${path}: has ${labels.sizes[0]} labels for ${count} images`);
    if (labels.values.some((label) => label >= CLASSES)) throw new Error(`${path}: a label is not from 0 to 9`);
    const scaled = new Float32Array(images.values);
    for (let i = 0; i < scaled.length; i++) scaled[i] /= 255;
    return { images: scaled, labels: BigInt64Array.from(labels.values, BigInt), pixels: height * width };
  };
  const [train, test] = [part("train"), part("t10k")];
  if (train.pixels !== test.pixels) {
    throw new Error(`${folder}: images to learn from have ${train.pixels} pixels, those of the test ${test.pixels}`);
  }
  return { train, test };
}

/** Two layers with a ReLU between them, and SGD on cross-entropy. */
class Network {
  static async make(pixels, generator) {
    const weight = async (rows, columns) => {
      const drawn = await ops.randn([rows, columns], { generator });
      await drawn.mul_(Math.sqrt(2 / rows));
      return drawn.setRequiresGrad(true);
    };
    const bias = (columns) => ops.zeros([columns], { requiresGrad: true });
    const network = new Network();
    network.parameters = [
      await weight(pixels, HIDDEN),
      await bias(HIDDEN),
      await weight(HIDDEN, CLASSES),
      await bias(CLASSES),
    ];
    return network;
  }

  async logits(images) {
    const [w1, b1, w2, b2] = this.parameters;
    const hidden = await (await (await images.matmul(w1)).add(b1)).relu();
    return (await hidden.matmul(w2)).add(b2);
  }

  async step(images, labels, lr) {
    const loss = await ops.crossEntropy(await this.logits(images), labels);
    await loss.backward();
    await noGrad(async () => {
      for (const parameter of this.parameters) {
        const grad = await parameter.grad();
        await parameter.sub_(grad, { alpha: lr });
        await parameter.setGrad(null);
      }
    });
    return loss;
  }

  /** The part of the images that are read right, and how sure of them the network is on average. */
  async accuracy({ images, labels, pixels }) {
    return noGrad(async () => {
      const logits = await this.logits(tensor(images, [labels.length, pixels]));
      const guessed = await (await logits.argmax(1)).data();
      const best = await (await (await logits.softmax(1)).amax([1])).mean();
      const right = guessed.reduce((count, guess, i) => count + (guess === labels[i] ? 1 : 0), 0);
      return { right: right / labels.length, sure: await best.item() };
    });
  }
}

async function main() {
  const { values } = parseArgs({
    options: {
      mnist: { type: "string" },
      epochs: { type: "string", default: "20" },
      seed: { type: "string", default: "1" },
    },
  });
  const number = (name) => {
    if (!/^\d{1,9}$/.test(values[name])) throw new Error(`--${name} takes a whole number: got '${values[name]}'`);
    return Number(values[name]);
  };
  const [epochs, seed] = [number("epochs"), number("seed")];
  const { train, test } = values.mnist === undefined ? smallDigits() : mnist(values.mnist);
  const network = await Network.make(train.pixels, new Generator(seed));
  const count = train.labels.length;
  if (count < BATCH || test.labels.length === 0) throw new Error(`${values.mnist}: has too few images to learn from`);
  const order = new Generator(seed + 1);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const places = await (await ops.randperm(count, { generator: order })).data();
    let total = 0;
    let steps = 0;
    for (let begin = 0; begin + BATCH <= count; begin += BATCH) {
      const images = new Float32Array(BATCH * train.pixels);
      const labels = new BigInt64Array(BATCH);
      for (let i = 0; i < BATCH; i++) {
        const place = Number(places[begin + i]);
        images.set(train.images.subarray(place * train.pixels, (place + 1) * train.pixels), i * train.pixels);
        labels[i] = train.labels[place];
      }
      const loss = await network.step(tensor(images, [BATCH, train.pixels]), tensor(labels), RATE);
      total += await loss.item();
      steps += 1;
    }
    console.log(`epoch ${epoch}: loss ${(total / steps).toFixed(4)}`);
  }
  const { right, sure } = await network.accuracy(test);
  console.log(`${(100 * right).toFixed(1)} % of ${test.labels.length} test images right, ${(100 * sure).toFixed(1)} % sure`);
}

main().catch((error) => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
