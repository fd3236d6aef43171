import { createHash } from 'node:crypto'
import type { Task } from '../tasks/task.entity.js'
import type { Visit } from '../visits/visit.entity.js'
import { calendarDocument, edition } from './calendar-document.js'

const at = new Date('2026-03-10T08:00:00.000Z')
const common = (id: number) => ({
  ...{ id: `00000000-0000-7000-8000-${`${id}`.padStart(12, '0')}`, version: 2, createdAt: at, updatedAt: at },
  customerId: null,
})
const visit = (id: number, times: Partial<Visit> = {}) =>
  ({
    ...common(id),
    ...{ purpose: '季度回访 🤝 مراجعة', objectives: ['a', 'b'], status: 'PLANNED', actualStart: null, actualEnd: null },
    ...{ plannedStart: at, plannedEnd: new Date(at.getTime() + 3_600_000), ...times },
  }) as unknown as Visit
const task = (id: number) =>
  ({
    ...common(id),
    ...{ title: '回电', note: null, dueAt: at, status: 'OPEN', priority: 'HIGH' },
  }) as unknown as Task
const documentOf = (visits: number, tasks: number) =>
  calendarDocument(
    {
      ...{ tenant: 'acme', withTexts: true, names: new Map(), isChinese: true },
      visits: Array.from({ length: visits }, (_, id) => visit(id)),
      tasks: Array.from({ length: tasks }, (_, id) => task(id)),
    },
    new AbortController().signal,
  )

test('a calendar that is written in parts is one calendar', async () => {
  for (const [visits, tasks] of [
    [0, 0],
    [100, 0],
    [101, 250],
  ] as const) {
    const text = await documentOf(visits, tasks)
    const count = (of: RegExp) => text.match(of)?.length ?? 0
    expect([count(/^BEGIN:VCALENDAR\r$/gm), count(/^END:VCALENDAR/gm)]).toEqual([1, 1])
    expect([count(/^BEGIN:VEVENT\r$/gm), count(/^END:VEVENT\r$/gm)]).toEqual([visits + tasks, visits + tasks])
    expect(new Set(text.match(/^UID:.*$/gm)).size).toBe(visits + tasks)
    expect(text.endsWith('\r\nEND:VCALENDAR\r\n')).toBe(true)
  }
})

test.each([
  ['over in less than a second', { actualStart: at, actualEnd: new Date(at.getTime() + 900) }, ''],
  ['begun after its planned end', { actualStart: new Date('2026-03-10T10:00:00Z') }, ''],
  ['that took an hour', { actualStart: at, actualEnd: new Date('2026-03-10T09:00:00Z') }, 'DTEND:20260310T090000Z'],
])('a visit %s has an end only where that is later than its start', async (_, times, end) => {
  const content = { tenant: 'acme', withTexts: true, names: new Map(), isChinese: false }
  const visits = [visit(1, times)]
  const text = await calendarDocument({ ...content, visits, tasks: [] }, new AbortController().signal)
  expect(text.match(/^DTEND.*(?=\r$)/m)?.[0] ?? '').toBe(end)
})

test('it is written as programs have it; where this differs, `edition` counts up', async () => {
  const hash = createHash('sha256')
    .update(await documentOf(1, 1))
    .digest('hex')
  expect([edition, hash]).toEqual([2, '0c3a2419ddcb2ea60d99ed940257504bf6731fe4568d81ce9f39e74c8c8e57d0'])
})
