import { describe, expect, it } from 'vitest';
import { computed, readVectors, VECTORS_PATH, vectorError } from './vectors.ts';

const vectors = readVectors();
if (vectors === null) {
  process.stderr.write(
    `skipped: published vectors not found at ${VECTORS_PATH}; set COVERLINE_SHARED to their folder\n`,
  );
}

describe.skipIf(vectors === null)('published vectors', () => {
  const all = vectors ?? [];
  const sound = all.filter(vector => vector.kind === 'published' || vector.kind === 'recalled');
  const controls = all.filter(vector => vector.kind === 'suspect' || vector.kind === 'approximation');

  it('hold, each within its own tolerance', () => {
    expect(sound.length + controls.length).toBe(all.length);
    expect(sound.length).toBeGreaterThan(60);
    for (const vector of sound) {
      for (const [output, want] of Object.entries(vector.outputs)) {
        const error = vectorError(vector, computed(vector, output), want);
        expect(error, `${output} of ${JSON.stringify(vector.inputs)}, ${vector.source}`).toBeLessThanOrEqual(
          vector.tolerance,
        );
      }
    }
  });

  it('agree with the 15-digit reference printed beside them to 1e-13, negative controls included', () => {
    for (const vector of all) {
      for (const [output, printed] of Object.entries(vector.reference)) {
        const want = Number.parseFloat(printed);
        const error = Math.abs(computed(vector, output) - want) / Math.abs(want);
        expect(error, `${output} of ${JSON.stringify(vector.inputs)}`).toBeLessThan(2e-14);
      }
    }
  });

  it('differ from the negative controls, which are wrong in their sources', () => {
    expect(controls.length).toBeGreaterThan(0);
    for (const vector of controls) {
      for (const [output, wrong] of Object.entries(vector.outputs)) {
        expect(vectorError(vector, computed(vector, output), wrong)).toBeGreaterThan(vector.tolerance);
      }
    }
  });
});
