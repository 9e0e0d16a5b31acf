from academy.pages import AcademyPage, CoursePage, LessonPage

__all__ = ["AcademyPage", "CoursePage", "LessonPage"]
