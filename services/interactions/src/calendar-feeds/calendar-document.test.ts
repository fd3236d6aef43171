import { createHash } from 'node:crypto'
import type { Task } from '../tasks/task.entity.js'
import type { Visit } from '../visits/visit.entity.js'
import { calendarDocument, edition } from './calendar-document.js'

const at = new Date('2026-03-10T08:00:00.000Z')
const common = (id: number) => ({
  ...{ id: `00000000-0000-7000-8000-${`${id}`.padStart(12, '0')}`, version: 2, createdAt: at, updatedAt: at },
  customerId: null,
})
const visit = (id: number) =>
  ({
    ...common(id),
    ...{ purpose: '季度回访 🤝 مراجعة', objectives: ['a', 'b'], status: 'PLANNED', actualStart: null, actualEnd: null },
    ...{ plannedStart: at, plannedEnd: new Date(at.getTime() + 3_600_000) },
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
    expect(text.trimEnd().endsWith('END:VCALENDAR')).toBe(true)
  }
})

test('it is written as programs have it; where this differs, `edition` counts up', async () => {
  const hash = createHash('sha256')
    .update(await documentOf(1, 1))
    .digest('hex')
  expect([edition, hash]).toEqual([1, 'c3518d355f4e1b36b60f932b78b97fe507934c17fbc2db0400d5b93cf386d2f6'])
})
