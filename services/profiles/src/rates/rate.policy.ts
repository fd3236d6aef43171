import { policy } from '@clientele/kit'

/** Rates are read by all staff and by who converts; an admin records them. Nothing in them is about a person. */
export const ratePolicy = policy('ExchangeRate', {
  roles: {
    admin: { clearance: 'SENSITIVE', read: 'TENANT', record: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: 'TENANT' },
    sales: { clearance: 'PERSONAL', read: 'TENANT' },
    service: { clearance: 'PERSONAL', read: 'TENANT' },
    analyst: { clearance: 'PLAIN', read: 'TENANT' },
    privacy_officer: { clearance: 'SENSITIVE', read: 'TENANT' },
    segmentation_account: { clearance: 'PLAIN', read: 'TENANT' },
  },
  opens: { read: ['exchangeRates', 'currentExchangeRates'], record: ['recordExchangeRates'] },
  fields: {
    ExchangeRate: { PLAIN: ['base', 'quote', 'day', 'rate', 'source', 'recordedAt', 'recordedBy', 'recorder'] },
    CurrentExchangeRates: { PLAIN: ['rates'] },
    CurrentRate: { PLAIN: ['base', 'quote', 'day', 'rate'] },
    RecordedExchangeRates: { PLAIN: ['recorded', 'unchanged', 'current'] },
    ConvertedSum: { PLAIN: ['total', 'asOf', 'unconverted'] },
  },
  inputs: {
    ExchangeRateInput: 'ExchangeRate',
    RecordExchangeRatesInput: 'ExchangeRate',
    ExchangeRateFilter: 'ExchangeRate',
  },
})
