import type { Transaction } from '@clientele/kit'
import { Staff } from './staff.entity.js'

/** A member of staff who works here from now on; whoever makes them emits the event. */
export const newStaff = (tx: Pick<Transaction, 'em'>, values: Partial<Staff>): Staff =>
  tx.em.create(
    Staff,
    {
      email: null,
      language: null,
      timeZone: null,
      active: true,
      leftAt: null,
      roles: null,
      territories: [],
      skills: [],
      workingHours: [],
      absences: [],
      substituteId: null,
      ...values,
    },
    { partial: true },
  )
