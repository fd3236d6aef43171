import { createLog } from '../config/log.js'
import { createSetAside } from './set-aside.js'

test('what was set aside is left out for a second, twice as long each time, at most an hour', () => {
  let now = 0
  const aside = createSetAside('job', createLog({ name: 'test', level: 'silent' }), () => new Date(now))
  for (let times = 1; times <= 15; times++) {
    aside.add('a', new Error('bad'), { customer: 'a' })
    const pause = Math.min(1_000 * 2 ** (times - 1), 3_600_000)
    expect(aside.ids()).toEqual(['a'])
    now += pause - 1
    expect(aside.ids()).toEqual(['a'])
    now += 1
    expect(aside.ids()).toEqual([])
  }
})

test('what has been free for long enough begins anew, and is not to blame while the database is away', () => {
  let now = 0
  const aside = createSetAside('job', createLog({ name: 'test', level: 'silent' }), () => new Date(now))
  const away = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
  for (let hour = 0; hour < 20; hour++) {
    for (const error of [new Error('bad'), away, away]) {
      aside.add('a', error, {})
      expect(aside.ids()).toEqual(['a'])
      now += 1_000
      expect(aside.ids()).toEqual([])
    }
    now += 3_600_000
    expect(aside.ids()).toEqual([])
  }
})
