import type { Tally } from '@clientele/kit'

/** What somebody imports. */
export type Imported = 'customers' | 'purchases'

export const importedRows: Tally<'what' | 'outcome'> = {
  name: 'clientele_import_rows_total',
  help: 'Rows that were imported, by what has become of them; dry runs are not counted',
  labels: ['what', 'outcome'],
}
