import { from, line } from '../limit.js'

export const customers = {
  /** Room for what is made from a family name of 100, a blank and given names of 100 characters. */
  displayName: line(255),
  personName: line(100),
  birthDate: from('1850-01-01'),
  occupation: line(100),
  identityNumber: line(64),
  legalName: line(200),
  registrationNumber: line(64),
  /** A band such as `50-75k`. */
  band: line(32),
} as const
