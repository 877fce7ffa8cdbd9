import type { Area } from '../core/area';
import { addTagsControls } from './control';
import { addCorpTag, delCorpTag, editCorpTag } from './editTags';
import { getCorpTagList } from './listTags';
import { markTag } from './markTag';

/** Corp tags, and the marking of customers with them (docs 92117 and 92118). */
export const tags: Area = {
	endpoints: [getCorpTagList, addCorpTag, editCorpTag, delCorpTag, markTag],
	errorTexts: {
		40068: 'invalid tagid',
		40071: 'UserTag Name Already Exist',
		40072: 'invalid tag name length',
		40126: 'corp tag count exceeds limit',
		41017: 'missing tagid',
		41018: 'missing tagname',
		45035: 'concurrent operation conflict',
		81011: 'no privilege to edit the tag',
	},
	addControls: addTagsControls,
};
