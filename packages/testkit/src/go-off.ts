import type { TestService } from './service.js'

/** Lets the timers of a service go off that are due by now, slow ones too, until none of them is. */
export const goOff = async ({ jobs }: Pick<TestService, 'jobs'>): Promise<void> => {
  const timers = jobs.filter(({ name }) => /-timers(-|$)/.test(name))
  while ((await Promise.all(timers.map((job) => job.run()))).some(Boolean));
}
