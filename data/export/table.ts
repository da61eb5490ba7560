/** A table as it leaves: texts and numbers keep their kind, null is an empty cell. */
export interface ExportTable {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}
