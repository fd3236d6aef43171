import type { ValidationIssues } from '@clientele/kit'

interface Row {
  externalId: string
}

/**
 * The rows that a batch has accepted, by their ids as they are stored. A row that says something else under the id of an earlier one is at
 * fault: two such rows would change the same record to and fro. An equal one does no harm.
 */
export const createAcceptedRows = () => {
  const accepted = new Map<string, string>()
  return {
    check: (issues: ValidationIssues, externalId: string, row: Row) => {
      if ((accepted.get(externalId) ?? told(row)) === told(row)) return
      issues.add('externalId', 'row.repeated', 'a row of its own: an earlier one has this id and other values')
    },
    accept: (externalId: string, row: Row) => void accepted.set(externalId, told(row)),
  }
}

const told = ({ externalId: _, ...row }: Row) => JSON.stringify(row)
