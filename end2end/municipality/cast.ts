// The people of the demo municipality whom the journeys know by name; `server/src/demo/cast.rs` is where they are made.

/** Two children, shared custody with Johan. Everything about her is known from last year. */
export const SARA = "Sara Lindqvist";
/** The other guardian of Ella and Nils. */
export const JOHAN = "Johan Lindqvist";
/** Sole custody of Wilma; everything is known. */
export const MARIA = "Maria Bergström";
/** Three children; Piotr, who is no persona, has answered this year. */
export const AGNIESZKA = "Agnieszka Kowalczyk";
/** Appointed this spring for Yonas, so nothing is known from him. */
export const GUNNAR = "Gunnar Ekholm";
/** Pupil in 7A, Gunnar's ward: signs in on his own. */
export const YONAS = "Yonas Tesfay";
/** No e-mail; did not answer last year, but Khaled did. */
export const HUDA = "Huda Al-Masri";
/** The other guardian of Omar and Lina. */
export const KHALED = "Khaled Al-Masri";
/** Guardian of Love; both have a protected identity. */
export const KARIN = "Karin Sandberg";

/** Mentor of 2B, where Ella is. */
export const ANNA = "Anna Holmgren";
/** Preschool teacher of Blåsippan, where Nils is. */
export const FATIMA = "Fatima Rahimi";
/** Principal of Strandskolan. */
export const LARS = "Lars Nyström";
/** Administrator of Strandskolan: publishes pictures, cooks' lists and devices are hers too. */
export const EVA = "Eva Hedlund";
/** School nurse of Strandskolan: what school health asks is hers, and not the principal's. */
export const MONA = "Mona Forsberg";
/** Administrator of the whole municipality. */
export const MATS = "Mats Öberg";
/** The other administrator: what Mats asks to have published, she approves. */
export const INGRID = "Ingrid Dahl";
/** The programme office, by a role that Mats has given him. */
export const JONAS = "Jonas Wik";
/** Auditor, in the same way. */
export const RUT = "Rut Alm";
/** Support, whom nobody has let in yet. */
export const SIV = "Siv Norén";

/** Name parts that may never stand in an address. Longer than two letters, so that no id holds one by chance. */
export const NAMES = [
  "lindqvist", "bergström", "bergstrom", "kowalczyk", "ekholm", "tesfay", "masri", "sandberg", "holmgren", "rahimi",
  "nyström", "nystrom", "hedlund", "öberg", "oberg", "sara", "johan", "ella", "nils", "maria", "wilma", "agnieszka",
  "gunnar", "yonas", "ingrid", "huda", "khaled", "omar", "karin",
];
