import { limits } from '@clientele/contracts'
import { fileRoutes, fileStoreDiagnosis, fileTimers } from '@clientele/files'
import { defineService } from '@clientele/kit'
import { compiledReads } from '@clientele/query-compiler'
import { addressReads } from './addresses/address.read.js'
import { AddressResolver, FormattedAddressResolver } from './addresses/address.resolver.js'
import { auditPolicy } from './audit/audit.policy.js'
import { AuditResolver } from './audit/audit.resolver.js'
import { doAutomationActions } from './automations/automation.consumer.js'
import { BulkChange } from './bulk-changes/bulk-change.entity.js'
import { carryOutBulkChanges, forgetBulkChanges } from './bulk-changes/bulk-change.job.js'
import { bulkChangeMeasures } from './bulk-changes/bulk-change.measures.js'
import { bulkChangePolicy } from './bulk-changes/bulk-change.policy.js'
import {
  BulkChangeErrorResolver,
  BulkChangeResolver,
  BulkExampleResolver,
} from './bulk-changes/bulk-change.resolver.js'
import { BusinessCalendar } from './calendars/calendar.entity.js'
import { calendarPolicy } from './calendars/calendar.policy.js'
import { CalendarResolver } from './calendars/calendar.resolver.js'
import { followAgeBands } from './coarse-facts/age-band.job.js'
import { config } from './config.js'
import { ContactPersonResolver } from './contact-people/contact-person.resolver.js'
import { ContactPointResolver } from './contact-points/contact-point.resolver.js'
import { createdReads, createdResolvers } from './creators/created.js'
import { Customer } from './customers/customer.entity.js'
import { customerPolicy } from './customers/customer.policy.js'
import { customerReads } from './customers/customer.read.js'
import { CustomerResolver } from './customers/customer.resolver.js'
import { SensitiveOrganizationResolver, SensitivePersonResolver } from './customers/sensitive-details.resolver.js'
import { directoryDiagnosis } from './directory/directory-of.js'
import { Staff } from './directory/staff.entity.js'
import { staffPolicy } from './directory/staff.policy.js'
import { staffReads } from './directory/staff.read.js'
import { StaffResolver } from './directory/staff.resolver.js'
import { syncStaffOfTenants } from './directory/staff-sync.job.js'
import { StaffSyncResolver } from './directory/staff-sync.resolver.js'
import { customerFilePolicy } from './files/customer-file.policy.js'
import { customerFiles } from './files/customer-files.js'
import { importPolicy } from './imports/import.policy.js'
import { ImportIssueResolver, ImportResolver } from './imports/import.resolver.js'
import { zh } from './messages.zh.js'
import { CustomerOwnerResolver } from './owners/customer-owner.resolver.js'
import { Purchase } from './purchases/purchase.entity.js'
import { purchasePolicy } from './purchases/purchase.policy.js'
import { purchaseReads } from './purchases/purchase.read.js'
import { CustomerPurchasesResolver, PurchaseResolver } from './purchases/purchase.resolver.js'
import { CurrentExchangeRates, ExchangeRate } from './rates/exchange-rate.entity.js'
import { ratePolicy } from './rates/rate.policy.js'
import { ExchangeRateResolver } from './rates/rate.resolver.js'
import { searchPolicy } from './search/search.policy.js'
import { SearchResolver } from './search/search.resolver.js'
import { settingsPolicy } from './settings/settings.policy.js'
import { TenantSettings } from './settings/tenant-settings.entity.js'
import { TenantSettingsResolver } from './settings/tenant-settings.resolver.js'
import { Tag } from './tags/tag.entity.js'
import { moveMergedTags } from './tags/tag.job.js'
import { tagPolicy } from './tags/tag.policy.js'
import { TagResolver } from './tags/tag.resolver.js'
import { TagCareResolver } from './tags/tag-care.resolver.js'
import { Team } from './teams/team.entity.js'
import { teamPolicy } from './teams/team.policy.js'
import { TeamResolver } from './teams/team.resolver.js'
import { viewerPolicy } from './viewer/viewer.policy.js'
import { ViewerResolver } from './viewer/viewer.resolver.js'

/** The customer record: who customers are, how they are reached, what they bought. */
export const profiles = defineService({
  name: 'profiles',
  config,
  migrations: new URL('../migrations/', import.meta.url),
  translations: { zh },
  entities: [
    Customer,
    Tag,
    Purchase,
    Staff,
    Team,
    TenantSettings,
    BusinessCalendar,
    ExchangeRate,
    CurrentExchangeRates,
    customerFiles.File,
    BulkChange,
  ],
  resolvers: [
    CustomerResolver,
    ContactPointResolver,
    AddressResolver,
    FormattedAddressResolver,
    ContactPersonResolver,
    SensitivePersonResolver,
    SensitiveOrganizationResolver,
    TagResolver,
    TagCareResolver,
    SearchResolver,
    PurchaseResolver,
    CustomerPurchasesResolver,
    ImportResolver,
    ImportIssueResolver,
    AuditResolver,
    StaffResolver,
    StaffSyncResolver,
    CustomerOwnerResolver,
    TeamResolver,
    ViewerResolver,
    TenantSettingsResolver,
    CalendarResolver,
    ExchangeRateResolver,
    ...customerFiles.resolvers,
    BulkChangeResolver,
    BulkChangeErrorResolver,
    BulkExampleResolver,
    ...createdResolvers,
  ],
  policies: [
    customerPolicy,
    tagPolicy,
    searchPolicy,
    purchasePolicy,
    importPolicy,
    auditPolicy,
    staffPolicy,
    teamPolicy,
    viewerPolicy,
    settingsPolicy,
    calendarPolicy,
    ratePolicy,
    customerFilePolicy,
    bulkChangePolicy,
  ],
  references: [
    Customer,
    Purchase,
    Staff,
    Team,
    TenantSettings,
    BusinessCalendar,
    CurrentExchangeRates,
    customerFiles.File,
    BulkChange,
  ],
  jobs: [syncStaffOfTenants, moveMergedTags, followAgeBands, carryOutBulkChanges, forgetBulkChanges],
  measures: bulkChangeMeasures,
  timers: fileTimers('profiles', [customerFiles]),
  diagnoses: [fileStoreDiagnosis('profiles'), directoryDiagnosis],
  consumers: [doAutomationActions],
  routes: fileRoutes('profiles', { bytes: limits.fileBytes.most }),
  queryCompiler: compiledReads(customerReads, addressReads, purchaseReads, staffReads, createdReads),
})
