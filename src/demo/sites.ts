import { CULTURES, type Culture } from './cultures.ts';

/** An office: most of its people bear the names of its country, and all keep its clock. */
export interface Site {
  readonly city: string;
  readonly locale: string;
  readonly timezone: string;
  /** Country and area code as RFC 3966 writes them. */
  readonly phonePrefix: string;
  readonly culture: Culture;
}

/** Largest first: `skewedBelow` favours the head of the list. */
// biome-ignore format: a table
export const SITES: readonly Site[] = [
  { city: 'Berlin', locale: 'de-DE', timezone: 'Europe/Berlin', phonePrefix: '+49-30', culture: CULTURES.german },
  { city: 'Bengaluru', locale: 'en-IN', timezone: 'Asia/Kolkata', phonePrefix: '+91-80', culture: CULTURES.indian },
  { city: 'Chicago', locale: 'en-US', timezone: 'America/Chicago', phonePrefix: '+1-312', culture: CULTURES.english },
  { city: 'São Paulo', locale: 'pt-BR', timezone: 'America/Sao_Paulo', phonePrefix: '+55-11', culture: CULTURES.portuguese },
  { city: 'Warszawa', locale: 'pl-PL', timezone: 'Europe/Warsaw', phonePrefix: '+48-22', culture: CULTURES.polish },
  { city: 'Shanghai', locale: 'zh-CN', timezone: 'Asia/Shanghai', phonePrefix: '+86-21', culture: CULTURES.chinese },
  { city: 'Lyon', locale: 'fr-FR', timezone: 'Europe/Paris', phonePrefix: '+33-4', culture: CULTURES.french },
  { city: 'Tokyo', locale: 'ja-JP', timezone: 'Asia/Tokyo', phonePrefix: '+81-3', culture: CULTURES.japanese },
  { city: 'Ciudad de México', locale: 'es-MX', timezone: 'America/Mexico_City', phonePrefix: '+52-55', culture: CULTURES.spanish },
  { city: 'Lagos', locale: 'en-NG', timezone: 'Africa/Lagos', phonePrefix: '+234-1', culture: CULTURES.nigerian },
  { city: 'Kyiv', locale: 'uk-UA', timezone: 'Europe/Kyiv', phonePrefix: '+380-44', culture: CULTURES.ukrainian },
  { city: 'Göteborg', locale: 'sv-SE', timezone: 'Europe/Stockholm', phonePrefix: '+46-31', culture: CULTURES.swedish },
  { city: 'İstanbul', locale: 'tr-TR', timezone: 'Europe/Istanbul', phonePrefix: '+90-212', culture: CULTURES.turkish },
  { city: 'Jakarta', locale: 'id-ID', timezone: 'Asia/Jakarta', phonePrefix: '+62-21', culture: CULTURES.indonesian },
  { city: 'Milano', locale: 'it-IT', timezone: 'Europe/Rome', phonePrefix: '+39-02', culture: CULTURES.italian },
  { city: 'Utrecht', locale: 'nl-NL', timezone: 'Europe/Amsterdam', phonePrefix: '+31-30', culture: CULTURES.dutch },
  { city: 'Seoul', locale: 'ko-KR', timezone: 'Asia/Seoul', phonePrefix: '+82-2', culture: CULTURES.korean },
  { city: 'Nairobi', locale: 'en-KE', timezone: 'Africa/Nairobi', phonePrefix: '+254-20', culture: CULTURES.kenyan },
  { city: 'Hà Nội', locale: 'vi-VN', timezone: 'Asia/Ho_Chi_Minh', phonePrefix: '+84-24', culture: CULTURES.vietnamese },
  { city: 'Brno', locale: 'cs-CZ', timezone: 'Europe/Prague', phonePrefix: '+420-5', culture: CULTURES.czech },
  { city: 'Dubai', locale: 'ar-AE', timezone: 'Asia/Dubai', phonePrefix: '+971-4', culture: CULTURES.arabic },
  { city: 'Dublin', locale: 'en-IE', timezone: 'Europe/Dublin', phonePrefix: '+353-1', culture: CULTURES.irish },
  { city: 'Budapest', locale: 'hu-HU', timezone: 'Europe/Budapest', phonePrefix: '+36-1', culture: CULTURES.hungarian },
  { city: 'Αθήνα', locale: 'el-GR', timezone: 'Europe/Athens', phonePrefix: '+30-21', culture: CULTURES.greek },
  { city: 'Reykjavík', locale: 'is-IS', timezone: 'Atlantic/Reykjavik', phonePrefix: '+354-5', culture: CULTURES.icelandic },
];
