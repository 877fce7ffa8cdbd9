/** Shown under fields that take tags by name. */
export const TAG_HINT =
	'An expression may give names as well as IDs. Where several groups have a tag of the same name, write Group: Tag.';
