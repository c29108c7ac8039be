CREATE TABLE `reference_correction` (
	`id` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`thing` text NOT NULL,
	`thing_id` text NOT NULL,
	`value` text NOT NULL,
	`reason` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reference_correction_number_unique` ON `reference_correction` (`number`);--> statement-breakpoint
CREATE INDEX `reference_correction_thing` ON `reference_correction` (`thing`,`thing_id`);--> statement-breakpoint
CREATE TABLE `agenda_change` (
	`id` text PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`item_id` text NOT NULL,
	`what` text NOT NULL,
	`before` text DEFAULT '' NOT NULL,
	`after` text DEFAULT '' NOT NULL,
	`reason` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`session_id`) REFERENCES `session`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item_id`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `agenda_change_session` ON `agenda_change` (`session_id`);--> statement-breakpoint
CREATE TABLE `agenda_document` (
	`id` text PRIMARY KEY NOT NULL,
	`item_id` text NOT NULL,
	`symbol` text DEFAULT '' NOT NULL,
	`title` text NOT NULL,
	`url` text DEFAULT '' NOT NULL,
	`upload_id` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`removed_at` integer,
	FOREIGN KEY (`item_id`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`upload_id`) REFERENCES `upload`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `agenda_document_item` ON `agenda_document` (`item_id`);--> statement-breakpoint
CREATE TABLE `calendar_entry` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`kind` text NOT NULL,
	`from` text NOT NULL,
	`to` text NOT NULL,
	`venue` text NOT NULL,
	`time_zone` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`order` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `delegation_note` (
	`id` text PRIMARY KEY NOT NULL,
	`delegation_id` text NOT NULL,
	`thing` text NOT NULL,
	`thing_id` text NOT NULL,
	`body` text NOT NULL,
	`edition` integer DEFAULT 1 NOT NULL,
	`edited_by` text NOT NULL,
	`edited_at` integer NOT NULL,
	FOREIGN KEY (`delegation_id`) REFERENCES `delegation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`edited_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `delegation_note_thing` ON `delegation_note` (`delegation_id`,`thing`,`thing_id`);--> statement-breakpoint
CREATE TABLE `statement_delivery` (
	`statement_id` text PRIMARY KEY NOT NULL,
	`meeting_id` text NOT NULL,
	`mode` text NOT NULL,
	`delivered_at` integer NOT NULL,
	`recorded_by` text NOT NULL,
	FOREIGN KEY (`statement_id`) REFERENCES `statement`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`meeting_id`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recorded_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `statement_paragraph` (
	`statement_id` text NOT NULL,
	`text_id` text NOT NULL,
	`paragraph_id` text NOT NULL,
	PRIMARY KEY(`statement_id`, `text_id`, `paragraph_id`),
	FOREIGN KEY (`statement_id`) REFERENCES `statement`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `statement_paragraph_text` ON `statement_paragraph` (`text_id`,`paragraph_id`);--> statement-breakpoint
CREATE TABLE `statement_topic` (
	`statement_id` text NOT NULL,
	`topic_id` text NOT NULL,
	PRIMARY KEY(`statement_id`, `topic_id`),
	FOREIGN KEY (`statement_id`) REFERENCES `statement`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`topic_id`) REFERENCES `topic`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `statement_topic_topic` ON `statement_topic` (`topic_id`);--> statement-breakpoint
CREATE TABLE `topic_change` (
	`id` text PRIMARY KEY NOT NULL,
	`topic_id` text NOT NULL,
	`what` text NOT NULL,
	`before` text DEFAULT '' NOT NULL,
	`after` text DEFAULT '' NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`topic_id`) REFERENCES `topic`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `topic_change_topic` ON `topic_change` (`topic_id`);--> statement-breakpoint
CREATE TABLE `upload` (
	`id` text PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`delegation_id` text,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`size` integer NOT NULL,
	`sha256` text NOT NULL,
	`words` text DEFAULT '' NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`session_id`) REFERENCES `session`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`delegation_id`) REFERENCES `delegation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `upload_session` ON `upload` (`session_id`);--> statement-breakpoint
ALTER TABLE `entity` ADD `regional_role` text;--> statement-breakpoint
ALTER TABLE `entity` ADD `abbreviation` text;--> statement-breakpoint
ALTER TABLE `entity` ADD `basis` text;--> statement-breakpoint
ALTER TABLE `entity_group` ADD `as_of` text;--> statement-breakpoint
ALTER TABLE `entity_group` ADD `source` text;--> statement-breakpoint
ALTER TABLE `entity_group` ADD `verified` integer;--> statement-breakpoint
ALTER TABLE `entity_group` ADD `other_members` text;--> statement-breakpoint
ALTER TABLE `agenda_item` ADD `deleted_at` integer;--> statement-breakpoint
ALTER TABLE `position` ADD `source_forum` text;--> statement-breakpoint
ALTER TABLE `position` ADD `meeting_id` text REFERENCES meeting(id);--> statement-breakpoint
ALTER TABLE `position` ADD `group_id` text REFERENCES entity_group(id);--> statement-breakpoint
ALTER TABLE `position` ADD `exceptions` text;--> statement-breakpoint
ALTER TABLE `position` ADD `via` text;--> statement-breakpoint
ALTER TABLE `position` ADD `answers` text;--> statement-breakpoint
ALTER TABLE `position` ADD `withdraws` integer;--> statement-breakpoint
ALTER TABLE `position_draft` ADD `source_forum` text;--> statement-breakpoint
ALTER TABLE `position_draft` ADD `meeting_id` text REFERENCES meeting(id);--> statement-breakpoint
ALTER TABLE `position_draft` ADD `group_id` text REFERENCES entity_group(id);--> statement-breakpoint
ALTER TABLE `position_draft` ADD `exceptions` text;--> statement-breakpoint
ALTER TABLE `session` ADD `agenda_symbol` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `session` ADD `agenda_adopted_at` integer;--> statement-breakpoint
ALTER TABLE `session` ADD `agenda_adopted_by` text REFERENCES person(id);--> statement-breakpoint
ALTER TABLE `session` ADD `calendar_id` text;--> statement-breakpoint
ALTER TABLE `statement` ADD `upload_id` text REFERENCES upload(id);--> statement-breakpoint
ALTER TABLE `statement` ADD `topic_ids` text;--> statement-breakpoint
ALTER TABLE `statement` ADD `paragraphs` text;--> statement-breakpoint
ALTER TABLE `statement` ADD `embargo` text;--> statement-breakpoint
ALTER TABLE `statement` ADD `document` text;--> statement-breakpoint
ALTER TABLE `statement` ADD `correction` text;--> statement-breakpoint
CREATE INDEX `statement_entity` ON `statement` (`entity_id`);--> statement-breakpoint
CREATE INDEX `statement_supersedes` ON `statement` (`supersedes`);--> statement-breakpoint
ALTER TABLE `statement_draft` ADD `upload_id` text REFERENCES upload(id);--> statement-breakpoint
ALTER TABLE `statement_draft` ADD `topic_ids` text;--> statement-breakpoint
ALTER TABLE `statement_draft` ADD `paragraphs` text;--> statement-breakpoint
ALTER TABLE `statement_draft` ADD `embargo` text;--> statement-breakpoint
ALTER TABLE `statement_draft` ADD `text_id` text;--> statement-breakpoint
ALTER TABLE `statement_draft` ADD `corrects` text;--> statement-breakpoint
ALTER TABLE `topic` ADD `closed_at` integer;--> statement-breakpoint
ALTER TABLE `text` ADD `delegation_id` text REFERENCES delegation(id);