import type { Finding } from '@clientele/kit'

/** Findings for people: a line each, what to do below it, and how many there are of which kind. */
export const reportText = (findings: readonly Finding[]): string => {
  const width = Math.min(Math.max(...findings.map(({ check }) => check.length)), 40)
  const lines = findings.flatMap(({ check, state, found, remedy }) => [
    `${state.padEnd(7)}  ${check.padEnd(width)}  ${found}`,
    ...(remedy ? [`${' '.repeat(9)}${' '.repeat(width)}  → ${remedy}`] : []),
  ])
  return [...lines, '', countsOf(findings)].join('\n')
}

const countsOf = (findings: readonly Finding[]) => {
  const count = (state: Finding['state']) => findings.filter((each) => each.state === state).length
  const told = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`
  return `${count('ok')} ok, ${told(count('warning'), 'warning')}, ${told(count('fault'), 'fault')}`
}
