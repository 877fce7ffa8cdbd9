import type { ErrorCodes } from '../core/errorCodes';
import { CHECK_IDS, code } from '../core/errorCodes';

/** Codes of doc 90313 about corp tags. */
export const tagErrorCodes: ErrorCodes = {
	81011: code(
		'permission',
		'The app may not change this tag',
		'Only the app that created a tag may change it.',
	),
	40068: code('input', 'WeCom does not know this tag or tag group', CHECK_IDS),
	40071: code('input', 'A tag with this name already exists', 'Choose another name.'),
	40072: code('input', 'The tag name is empty or too long', 'Use 1 to 30 characters.'),
	40126: code(
		'input',
		'The corporation has too many tags',
		'Delete tags that are no longer in use.',
	),
	41017: code('input', 'The tag ID is missing', 'Choose at least one tag.'),
	41018: code('input', 'The tag name is missing', 'Fill in the name of the tag.'),
};
