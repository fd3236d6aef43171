import { readMetrics, sumOf } from './prometheus-text.js'

const text = `# HELP process_open_fds Number of open file descriptors.
# TYPE process_open_fds gauge
process_open_fds 41

clientele_outbox_events{service="profiles"} 3
clientele_outbox_events{service="surveys"} 4
clientele_database_connections{service="profiles",pool="reads",state="idle"} 2e0
odd{text="a \\"quoted\\" {brace}, and\\nline"} 1 1700000000000
`

test('values are read with their labels, and added by name', () => {
  const samples = readMetrics(text)
  expect(sumOf(samples, 'process_open_fds')).toBe(41)
  expect(sumOf(samples, 'clientele_outbox_events')).toBe(7)
  expect(sumOf(samples, 'clientele_outbox_events', { service: 'surveys' })).toBe(4)
  expect(sumOf(samples, 'clientele_database_connections', { state: 'idle' })).toBe(2)
  expect(samples.at(-1)).toEqual({ name: 'odd', labels: { text: 'a "quoted" {brace}, and\nline' }, value: 1 })
})

test('what nobody tells is unknown, not nothing', () => {
  expect(sumOf(readMetrics(text), 'process_resident_memory_bytes')).toBeUndefined()
})
