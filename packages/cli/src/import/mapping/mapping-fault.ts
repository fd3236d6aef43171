import { Invalid } from '@clientele/kit/client'
import type { LineCounter, Node } from 'yaml'

interface Fault {
  reason: `mapping.${string}`
  message: string
  /** Where in the mapping, `rows.contactPoints[1].kind`. */
  path: string
  line: number
  column: number
}

/** Everything that is wrong with a mapping, at once: `INVALID`, reason `mapping.invalid`. */
export class MappingError extends Invalid {
  constructor(file: string, faults: readonly Fault[]) {
    const inOrder = faults.toSorted((a, b) => a.line - b.line || a.column - b.column)
    const lines = inOrder.map((fault) => `  ${file}:${fault.line}:${fault.column}  ${fault.reason}  ${fault.message}`)
    super(`The mapping has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${lines.join('\n')}`, {
      reason: 'mapping.invalid',
      fields: inOrder.map(({ path, reason, message, line, column }) => ({
        path,
        reason,
        message: `${message} (line ${line}, column ${column})`,
      })),
    })
  }
}

export type MappingFaults = ReturnType<typeof collectFaults>

/** Collects the faults of one mapping file. */
export const collectFaults = (file: string, lines: LineCounter) => {
  const faults: Fault[] = []
  return {
    add: (at: Node | number | null | undefined, path: string, reason: string, message: string) => {
      const offset = typeof at === 'number' ? at : (at?.range?.[0] ?? 0)
      const { line, col } = lines.linePos(offset)
      faults.push({ reason: `mapping.${reason}`, message, path, line: line || 1, column: col || 1 })
    },
    throwIfAny: () => {
      if (faults.length) throw new MappingError(file, faults)
    },
  }
}
