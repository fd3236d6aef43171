/** ISO 4217, lists one and three as SIX published them on 2026-01-01 (https://www.six-group.com/en/products-services/financial-information/data-standards.html). */

/** Codes in use that have a minor unit, by how many decimals it has. Those without one (metals, bond units, XDR, XTS, XXX) are no money to count. */
const current: Readonly<Record<number, string>> = {
  0: `
    BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF`,
  2: `
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW
    CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF
    IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK
    MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP
    SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG
    YER ZAR ZMW ZWG`,
  3: `
    BHD IQD JOD KWD LYD OMR TND`,
  4: `
    CLF UYW`,
}

/** Codes that are withdrawn: sales of their time were in them. Decimals as in the last table that had the code; list three has none. */
const withdrawn: Readonly<Record<number, string>> = {
  0: `
    ADP BEF BYB BYR ESP GRD ITL LUF MGF PTE TPE TRL`,
  2: `
    AFA ALK ANG AOK AON AOR ARA ARP ARY ATS AYM AZM BAD BEC BEL BGJ BGK BGL BGN BOP BRB BRC BRE BRN BRR BUK CHC
    CSD CSJ CSK CUC CYP DDM DEM ECS ECV EEK ESA ESB FIM FRF GEK GHC GHP GNE GNS GQE GWE GWP HRD HRK IEP ILP ILR
    ISJ LAJ LSM LTL LTT LUC LUL LVL LVR MLF MRO MTL MTP MVQ MXP MZE MZM NIC NLG PEH PEI PES PLZ RHD ROK ROL RUR
    SDD SDP SIT SKK SLL SRG STD SUR TJR TMM UAK UGS UGW USS UYN UYP VEB VEF VNC YDD YUD YUM YUN ZAL ZMK ZRN ZRZ
    ZWC ZWD ZWL ZWN ZWR`,
}

/** All codes that an amount may be in, and how many decimals the minor unit of each has: EUR 2, HUF 2, JPY 0, KWD 3, CLF 4. */
export const currencies: ReadonlyMap<string, number> = new Map(
  [current, withdrawn].flatMap((table) =>
    Object.entries(table).flatMap(([decimals, codes]) =>
      codes
        .trim()
        .split(/\s+/)
        .map((code) => [code, Number(decimals)] as const),
    ),
  ),
)

/** How many decimals the minor unit of a currency has; 2 for a code that is none. */
export const minorDigits = (currency: string): number => currencies.get(currency) ?? 2
