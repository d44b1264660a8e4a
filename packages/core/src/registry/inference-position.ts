// The one `any` of this package.

/**
 * Stands where a type parameter is matched and not looked at, and where `unknown` would fix its variance: in constraints over a
 * whole model, whose members are each read by one conditional type only. Nothing has this type at run time.
 */
// oxlint-disable-next-line typescript/no-explicit-any -- see above
export type Unchecked = any
