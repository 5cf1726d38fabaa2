/** The fields of one kind, or of a part of it, in a sentence each; '' is the kind itself. */
export type Words = Readonly<Record<string, string>>
