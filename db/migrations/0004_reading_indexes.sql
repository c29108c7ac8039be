DROP INDEX `position_topic`;--> statement-breakpoint
DROP INDEX `position_entity`;--> statement-breakpoint
CREATE INDEX `position_group` ON `position` (`group_id`,`topic_id`);--> statement-breakpoint
CREATE INDEX `position_supersedes` ON `position` (`supersedes`);--> statement-breakpoint
CREATE INDEX `position_answers` ON `position` (`answers`);--> statement-breakpoint
CREATE INDEX `position_topic` ON `position` (`topic_id`,`source_date`);--> statement-breakpoint
CREATE INDEX `position_entity` ON `position` (`entity_id`,`topic_id`,`source_date`);--> statement-breakpoint
DROP INDEX `statement_item`;--> statement-breakpoint
DROP INDEX `statement_session`;--> statement-breakpoint
DROP INDEX `statement_entity`;--> statement-breakpoint
CREATE INDEX `statement_counted` ON `statement` (`item_id`,`embargo`,`delegation_id`,`session_id`,`id`);--> statement-breakpoint
CREATE INDEX `statement_item` ON `statement` (`item_id`,`released_at`);--> statement-breakpoint
CREATE INDEX `statement_session` ON `statement` (`session_id`,`released_at`);--> statement-breakpoint
CREATE INDEX `statement_entity` ON `statement` (`entity_id`,`released_at`);