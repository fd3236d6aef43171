import type { Case, Kind } from './audit.js'

/** The README's table: for each kind, how many operations, how many of them the stock executor or both answer wrongly, and how many are left to it. */
export function tableOf(kinds: readonly Kind[]): string {
  const count = (cases: readonly Case[]) => [
    cases.length,
    cases.filter(({ stock }) => stock).length,
    cases.filter(({ both }) => both).length,
    cases.filter(({ left }) => left).length,
  ]
  const row = (name: string, cases: readonly Case[]) => {
    const [all, ...others] = count(cases)
    return `| ${[name, all, ...others.map((number) => number || '')].join(' | ')} |`
  }
  return [
    '| kind | operations | stock is wrong | both are wrong | left to stock |',
    '|---|---|---|---|---|',
    ...kinds.map(({ name, cases }) => row(name, cases)),
    row(
      `**${kinds.length} kinds**`,
      kinds.flatMap(({ cases }) => cases),
    ),
  ].join('\n')
}
